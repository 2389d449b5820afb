import { STOP } from "./additions.ts";
import {
  controlExports,
  type ControlFunctions,
  globalExport,
  memoryExport,
} from "./control_exports.ts";
import { InstanceState } from "./instance_state.ts";
import { counterExport, type Layout, NAMES } from "./layout.ts";
import { type Budget, classifyStop, HostStop, type RunResult, SPENT } from "./run.ts";

/**
 * An instance of a metered module.
 *
 * It runs guest code under a budget, says why it stopped, and goes back to an image of its state.
 */
export class MeteredInstance {
  readonly instance: WebAssembly.Instance;
  readonly exports: WebAssembly.Exports;
  readonly #state: InstanceState;
  readonly #interrupt: WebAssembly.Memory | undefined;
  readonly #fuel: WebAssembly.Global;
  readonly #reserve: WebAssembly.Global;
  readonly #stop: WebAssembly.Global;
  readonly #control: ControlFunctions;
  #budget = 0;
  /** Fuel that was used when the host ended the run. */
  #usedAtStop: number | undefined;

  private constructor(instance: WebAssembly.Instance, layout: Layout) {
    const { exports } = instance;
    this.instance = instance;
    this.exports = exports;
    this.#fuel = globalExport(exports, counterExport("fuel"));
    this.#reserve = globalExport(exports, counterExport("reserve"));
    this.#stop = globalExport(exports, counterExport("stop"));
    this.#control = controlExports(exports);
    this.#state = new InstanceState(exports, layout, this.#control);
    if (layout.interruptible) this.#interrupt = memoryExport(exports, NAMES.interrupt);
  }

  /**
   * Instantiates a metered module.
   *
   * @param module The compiled bytes that `meter` gave.
   * @param layout The layout that `meter` gave with them.
   * @param imports What the module imports; a memory must keep within the cap of the layout, and be fresh:
   * what others write into it cannot be put back.
   * @throws WebAssembly.LinkError for imports that do not fit, TypeError for a module not made by `meter`,
   * WebAssembly.RuntimeError where the start function traps.
   */
  static create(
    module: WebAssembly.Module,
    layout: Layout,
    imports: WebAssembly.Imports,
  ): MeteredInstance {
    return new MeteredInstance(new WebAssembly.Instance(module, imports), layout);
  }

  /**
   * The guest's memory.
   *
   * @throws TypeError for a module without memory.
   */
  get memory(): WebAssembly.Memory {
    const { memory } = this.#state;
    if (memory === undefined) throw new TypeError("Cannot give the memory as there is none");
    return memory;
  }

  /**
   * What another thread stops the guest through: as long as its first 32-bit word is not 0, runs end with
   * `interrupt` at their next slice of fuel, within milliseconds. Undefined for a module that was metered
   * without it.
   */
  get interruptBuffer(): SharedArrayBuffer | undefined {
    const buffer = this.#interrupt?.buffer;
    return buffer instanceof SharedArrayBuffer ? buffer : undefined;
  }

  /**
   * Runs `body`, which calls the guest's exports, under a budget. Never throws for the guest's faults.
   *
   * Guest code must run in here only: a reset counts on knowing when the memory may have changed.
   */
  run<T>(budget: Budget, body: () => T): RunResult<T> {
    this.#budget = budget.fuel;
    this.#usedAtStop = undefined;
    this.#control.begin(budget.fuel, budget.stackBytes);
    try {
      const value = body();
      // A guest that caught the host's stop may still have come to an end.
      if (this.#control.reason() !== STOP.none) return this.#stopped(undefined, budget);
      return { ok: true, value, fuel: this.fuelUsed() };
    } catch (cause) {
      return this.#stopped(cause, budget);
    } finally {
      this.#state.mayHaveChanged();
    }
  }

  #stopped(cause: unknown, { fuel }: Budget): RunResult<never> {
    const used = this.#usedAtStop ?? this.fuelUsed();
    const stop = classifyStop(this.#control.reason(), cause, false);
    return { ok: false, stop, fuel: Math.min(used, fuel) };
  }

  /** Fuel taken so far in the current or last run. */
  fuelUsed(): number {
    return this.#budget - this.#control.left();
  }

  /** Takes fuel for work that a host import did. Running out stops the guest at its next check. */
  charge(units: number): void {
    this.#fuel.value = this.#fuel.value - BigInt(units);
  }

  /**
   * Ends the run from inside a host import.
   *
   * A guest that catches exceptions cannot go on: its fuel is gone as well.
   */
  stop(reason: "memory"): never {
    this.#usedAtStop = this.fuelUsed();
    this.#stop.value = STOP[reason];
    this.#fuel.value = SPENT;
    this.#reserve.value = 0n;
    throw new HostStop(`stopped by the host: ${reason}`);
  }

  /** Tells which bytes of the guest's memory the host wrote. Every such write must be told. */
  wrote(address: number, length: number): void {
    this.#state.wrote(address, length);
  }

  /** Takes the image to which `reset` goes back: memory, mutable globals, tables. */
  capture(): void {
    this.#state.capture();
  }

  /** Whether a reset would be exact: neither memory nor table grew, and no segment was dropped. */
  canReset(): boolean {
    return this.#state.canRestore();
  }

  /**
   * Goes back to the image, also after a trap at any depth.
   *
   * @returns False where that cannot be exact: the instance must then be replaced by a new one.
   */
  reset(): boolean {
    if (!this.canReset()) return false;
    this.#state.restore();
    return true;
  }

  /** Bytes of memory in use: what the image holds and what was written since. Deterministic. */
  residentBytes(): number {
    return this.#state.residentBytes();
  }
}

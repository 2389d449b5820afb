import { STOP } from "./additions.ts";
import { controlExports, type ControlFunctions, memoryExport } from "./control_exports.ts";
import { type Counters, countersOf, newCounters } from "./counters.ts";
import { InstanceState } from "./instance_state.ts";
import { type Layout, NAMES, RESERVED_PREFIX, SHARED_DIRTY, SHARED_MODULE } from "./layout.ts";
import { type Budget, classifyStop, HostStop, type RunResult, SPENT } from "./run.ts";

/** What all instances of a group may have together. */
export interface GroupCaps {
  /** Pages of 64 KiB of all memories. */
  pages: number;
  /** Elements of all tables. */
  elements: number;
  /** Instances; 256 unless said otherwise. */
  instances?: number;
}

/** Each instance takes some of the host's memory besides its own. */
const MOST_INSTANCES = 256;

interface Member {
  readonly control: ControlFunctions;
  readonly state: InstanceState;
}

/**
 * Instances of modules that belong together: they call each other, may share memories, tables and globals,
 * and are counted as one. One budget of fuel and stack, one sum of memory and table elements, one image.
 * Either all were metered as `member` of a group, or there is one only and it was metered as `sole`.
 *
 * @example
 * ```ts
 * const group = new MeteredGroup({ pages: 256, elements: 10_000 });
 * const result = group.run(budget, () => {
 *   const library = group.instantiate(libraryModule, libraryLayout, {});
 *   return group.instantiate(mainModule, mainLayout, { library });
 * });
 * ```
 */
export class MeteredGroup {
  /** Those of the only module, once there is one. */
  #globals: Counters;
  #isFull = false;
  readonly #members: Member[] = [];
  /** The dirty maps of the members' memories. */
  readonly #dirtyMaps = new Map<WebAssembly.Memory, InstanceState>();
  readonly #mostInstances: number;
  readonly #interrupts: Int32Array[] = [];
  readonly #onInterrupt: (buffer: SharedArrayBuffer) => void;
  #budget = 0;
  /** Fuel that was used when the host ended the run. */
  #usedAtStop: number | undefined;
  /** What the host ended the run with. */
  #ending: Error | undefined;

  /**
   * @param onInterrupt Hears of each instance's interrupt buffer, before any of its code runs: as long as
   * the first 32-bit word of one of them is not 0, runs end with `interrupt`, within milliseconds.
   */
  constructor(caps: GroupCaps, onInterrupt: (buffer: SharedArrayBuffer) => void = () => {}) {
    this.#globals = newCounters({ pages: caps.pages, elements: caps.elements });
    this.#mostInstances = caps.instances ?? MOST_INSTANCES;
    this.#onInterrupt = onInterrupt;
  }

  /**
   * Adds an instance of a module that was metered for a group, and runs its start function. Inside of `run`
   * only.
   *
   * @param imports What the module imports of its own accord. A memory must be one of this group's.
   * @returns What the module exports of its own accord.
   * @throws WebAssembly.LinkError for imports that do not fit, TypeError for a module that was not metered so
   * or a memory of somebody else; what ends the run otherwise.
   */
  instantiate(
    module: WebAssembly.Module,
    layout: Layout,
    imports: WebAssembly.Imports,
  ): WebAssembly.Exports {
    const { linked } = layout;
    if (linked === undefined) throw new TypeError("Cannot link a module that was metered alone");
    const isSole = linked.role === "sole";
    if (this.#isFull || (isSole && this.#members.length > 0)) {
      throw new TypeError("Cannot link another module with one that was metered as the only one");
    }
    if (this.#members.length >= this.#mostInstances) this.stop("memory");
    this.#takeGrowth("pages", linked.pages);
    this.#takeGrowth("elements", linked.elements);
    const shared: WebAssembly.ModuleImports = isSole ? {} : { ...this.#globals };
    if (linked.memory) shared[SHARED_DIRTY] = this.#shareMemory(linked.memory, layout, imports);
    const all = { ...imports, [SHARED_MODULE]: shared };
    const { exports } = new WebAssembly.Instance(module, all);
    if (isSole) {
      this.#globals = countersOf(exports, this.#globals);
      this.#isFull = true;
    }
    this.#join(exports, layout);
    if (linked.starts) (exports[NAMES.start] as () => void)();
    return ownExports(exports);
  }

  /** Lets a module use the memory of another member, and gives the dirty map that belongs to it. */
  #shareMemory(
    { module, name }: { module: string; name: string },
    layout: Layout,
    imports: WebAssembly.Imports,
  ): WebAssembly.Memory {
    const memory = imports[module]?.[name];
    const state = memory instanceof WebAssembly.Memory ? this.#dirtyMaps.get(memory) : undefined;
    if (state?.dirty === undefined) {
      throw new TypeError(`Cannot import the memory ${module} ${name} as the group has no such`);
    }
    state.filledUpTo(layout.memory?.dataEnd ?? null);
    return state.dirty;
  }

  #join(exports: WebAssembly.Exports, layout: Layout): void {
    const control = controlExports(exports);
    const state = new InstanceState(exports, layout, control);
    this.#members.push({ control, state });
    if (state.memory !== undefined) this.#dirtyMaps.set(state.memory, state);
    if (!layout.interruptible) return;
    const { buffer } = memoryExport(exports, NAMES.interrupt);
    if (!(buffer instanceof SharedArrayBuffer)) return;
    this.#interrupts.push(new Int32Array(buffer));
    this.#onInterrupt(buffer);
  }

  #takeGrowth(kind: "pages" | "elements", amount: number): void {
    const left = this.#globals[kind];
    if (amount > left.value) this.stop("memory");
    left.value -= amount;
  }

  /**
   * Runs `body`, which instantiates modules or calls their exports, under a budget. Never throws for the
   * guests' faults. Guest code must run in here only.
   */
  run<T>(budget: Budget, body: () => T): RunResult<T> {
    this.#budget = budget.fuel;
    this.#usedAtStop = undefined;
    this.#ending = undefined;
    this.#begin(budget);
    try {
      const value = body();
      if (this.#globals.stop.value !== STOP.none) return this.#stopped(undefined, budget);
      return { ok: true, value, fuel: this.fuelUsed() };
    } catch (cause) {
      return this.#stopped(cause, budget);
    } finally {
      for (const { state } of this.#members) state.mayHaveChanged();
    }
  }

  #begin({ fuel, stackBytes }: Budget): void {
    const { reserve, stack, stop, refused } = this.#globals;
    const [first] = this.#members;
    if (first) {
      first.control.begin(fuel, stackBytes);
    } else {
      this.#globals.fuel.value = 0n;
      reserve.value = BigInt(fuel);
      stack.value = stackBytes;
      stop.value = STOP.none;
    }
    refused.value = 0;
  }

  #stopped(cause: unknown, { fuel }: Budget): RunResult<never> {
    const used = this.#usedAtStop ?? this.fuelUsed();
    const { stop, refused } = this.#globals;
    return {
      ok: false,
      stop: classifyStop(stop.value, this.#ending ?? cause, refused.value !== 0),
      fuel: Math.min(used, fuel),
    };
  }

  /** Fuel taken so far in the current or last run. */
  fuelUsed(): number {
    return this.#budget - this.#left();
  }

  #left(): number {
    const [first] = this.#members;
    if (first) return first.control.left();
    return Number(this.#globals.fuel.value + this.#globals.reserve.value);
  }

  /** Takes fuel for work that the host did. Running out stops the guest at its next check. */
  charge(units: number): void {
    const { fuel } = this.#globals;
    fuel.value = fuel.value - BigInt(units);
  }

  /**
   * Takes fuel for work that the host is about to do, and ends the run at once where it is gone, or where
   * the run was interrupted.
   */
  spend(units: number): void {
    this.charge(units);
    if (this.#left() < 0) this.stop("fuel");
    if (this.#interrupts.some((words) => Atomics.load(words, 0) !== 0)) this.stop("interrupt");
  }

  /**
   * Ends the run from inside a host import.
   *
   * A guest that catches exceptions cannot go on: its fuel is gone as well.
   */
  stop(reason: "memory" | "fuel" | "interrupt"): never {
    this.#end(reason);
    throw new HostStop(`stopped by the host: ${reason}`);
  }

  /** Ends the run in the same way, with an error that is then the stop's cause; its reason is `host`. */
  abort(error: Error): never {
    this.#ending = error;
    this.#end("host");
    throw error;
  }

  #end(reason: keyof typeof STOP): void {
    this.#usedAtStop = this.fuelUsed();
    const { stop, fuel, reserve } = this.#globals;
    stop.value = STOP[reason];
    fuel.value = SPENT;
    reserve.value = 0n;
  }

  /** Tells which bytes of a member's memory the host wrote. Every such write must be told. */
  wrote(memory: WebAssembly.Memory, address: number, length: number): void {
    this.#dirtyMaps.get(memory)?.wrote(address, length);
  }

  /** Takes the image to which `reset` goes back: memories, mutable globals, tables. */
  capture(): void {
    for (const { state } of this.#members) state.capture();
  }

  /** Whether a reset would be exact: nothing grew, and no instance was added. */
  canReset(): boolean {
    return this.#members.every(({ state }) => state.canRestore());
  }

  /**
   * Goes back to the image, also after a trap at any depth.
   *
   * @returns False where that cannot be exact: the group must then be replaced by a new one.
   */
  reset(): boolean {
    if (!this.canReset()) return false;
    for (const { state } of this.#members) state.restore();
    return true;
  }

  /** The members' memories, each once. */
  memories(): WebAssembly.Memory[] {
    return [...this.#dirtyMaps.keys()];
  }

  /** Bytes of memory in use, over all members. Deterministic. */
  residentBytes(): number {
    return this.#members.reduce((sum, { state }) => sum + state.residentBytes(), 0);
  }
}

/** Without what the meter added: a module that could import that could give itself fuel. */
function ownExports(exports: WebAssembly.Exports): WebAssembly.Exports {
  return Object.fromEntries(
    Object.entries(exports).filter(([name]) => !name.startsWith(RESERVED_PREFIX)),
  );
}

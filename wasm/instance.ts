import { STOP } from "./additions.ts";
import { markWritten, MemoryImage, TableImage } from "./image.ts";
import { type Layout, NAMES } from "./layout.ts";

/** What one run may use. */
export interface Budget {
  /** Units of fuel: a safe integer. */
  fuel: number;
  /** Bytes of native stack by the meter's estimate. */
  stackBytes: number;
}

/**
 * Why a run ended without a value: `fuel`, `stack` and `memory` are limits; `interrupt` came from another
 * thread; `trap` is the guest's own
 * fault (unreachable, out of bounds, an exception not caught, …); `host` is an exception that an import threw.
 */
export interface Stop {
  reason: "fuel" | "stack" | "memory" | "interrupt" | "trap" | "host";
  message: string;
  cause: unknown;
}

/** How a run ended, and the fuel it took. */
export type RunResult<T> =
  | { ok: true; value: T; fuel: number }
  | { ok: false; stop: Stop; fuel: number };

/** Thrown through the guest by {@linkcode MeteredInstance.stop}. */
class HostStop extends Error {
  override readonly name = "HostStop";
}

const SPENT = -(2n ** 62n);

/** Bits of what the guest's `changes` answers. */
const SEGMENT_DROPPED = 1;
const TABLE_WRITTEN = 2;

/** Functions that the meter added to the guest. */
interface ControlFunctions {
  begin: (...values: number[]) => number;
  left: () => number;
  reason: () => number;
  save: () => number;
  restore: () => number;
  changes: () => number;
}

/**
 * An instance of a metered module.
 *
 * It runs guest code under a budget, says why it stopped, and goes back to an image of its state.
 */
export class MeteredInstance {
  readonly instance: WebAssembly.Instance;
  readonly exports: WebAssembly.Exports;
  readonly #memory: WebAssembly.Memory | undefined;
  readonly #dirty: WebAssembly.Memory | undefined;
  readonly #interrupt: WebAssembly.Memory | undefined;
  readonly #dataEnd: number;
  readonly #fuel: WebAssembly.Global;
  readonly #reserve: WebAssembly.Global;
  readonly #stop: WebAssembly.Global;
  readonly #tables: WebAssembly.Table[];
  readonly #control: ControlFunctions;
  #budget = 0;
  /** Fuel that was used when the host ended the run. */
  #usedAtStop: number | undefined;
  #image: MemoryImage | undefined;
  #tableImages: TableImage[] = [];

  private constructor(instance: WebAssembly.Instance, layout: Layout) {
    const { exports } = instance;
    this.instance = instance;
    this.exports = exports;
    this.#fuel = globalExport(exports, NAMES.fuel);
    this.#reserve = globalExport(exports, NAMES.reserve);
    this.#stop = globalExport(exports, NAMES.stop);
    this.#control = {
      begin: functionExport(exports, NAMES.begin),
      left: functionExport(exports, NAMES.left),
      reason: functionExport(exports, NAMES.reason),
      save: functionExport(exports, NAMES.save),
      restore: functionExport(exports, NAMES.restore),
      changes: functionExport(exports, NAMES.changes),
    };
    this.#tables = layout.tables.map((index) => tableExport(exports, `${NAMES.table}${index}`));
    this.#dataEnd = layout.memory?.dataEnd ?? Infinity;
    if (layout.interruptible) this.#interrupt = memoryExport(exports, NAMES.interrupt);
    if (layout.memory === null) return;
    this.#memory = memoryExport(exports, NAMES.memory);
    this.#dirty = memoryExport(exports, NAMES.dirty);
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
    if (this.#memory === undefined) throw new TypeError("Cannot give the memory as there is none");
    return this.#memory;
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
      this.#image?.mayHaveChanged();
    }
  }

  #stopped(cause: unknown, { fuel }: Budget): RunResult<never> {
    const used = this.#usedAtStop ?? this.fuelUsed();
    return { ok: false, stop: this.#classify(cause), fuel: Math.min(used, fuel) };
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
    if (this.#dirty) markWritten(this.#dirty, address, length);
    this.#image?.mayHaveChanged();
  }

  /** Takes the image to which `reset` goes back: memory, mutable globals, tables. */
  capture(): void {
    this.#control.save();
    this.#tableImages = this.#tables.map((table) => new TableImage(table));
    if (this.#memory === undefined || this.#dirty === undefined) return;
    this.#image = new MemoryImage(this.#memory, this.#dirty, this.#dataEnd, this.#image);
  }

  /**
   * Goes back to the image, also after a trap at any depth.
   *
   * @returns False where that cannot be exact (the memory or a table grew, a segment was dropped): the
   * instance must then be replaced by a new one.
   */
  reset(): boolean {
    const changes = this.#control.changes();
    if (changes & SEGMENT_DROPPED || this.#image?.isStale) return false;
    if (changes & TABLE_WRITTEN) {
      if (this.#tableImages.some((image) => image.isStale)) return false;
      for (const image of this.#tableImages) image.restore();
    }
    this.#image?.restore();
    this.#control.restore();
    return true;
  }

  /** Bytes of memory in use: what the image holds and what was written since. Deterministic. */
  residentBytes(): number {
    return this.#image?.residentBytes() ?? this.#memory?.buffer.byteLength ?? 0;
  }

  #classify(cause: unknown): Stop {
    const message = cause instanceof Error ? cause.message : String(cause);
    switch (this.#control.reason()) {
      case STOP.fuel:
        return { reason: "fuel", message: "ran out of fuel", cause };
      case STOP.stack:
        return { reason: "stack", message: "calls are nested too deeply", cause };
      case STOP.interrupt:
        return { reason: "interrupt", message: "was interrupted", cause };
      case STOP.memory:
        return { reason: "memory", message: "ran out of memory", cause };
      default:
        return { reason: isGuestsFault(cause) ? "trap" : "host", message, cause };
    }
  }
}

/** The class of exceptions that guests throw; TypeScript does not know it yet. */
const GuestException: unknown = Reflect.get(WebAssembly, "Exception");

/** A trap, or an exception that the guest threw and did not catch. */
function isGuestsFault(cause: unknown): boolean {
  return cause instanceof WebAssembly.RuntimeError ||
    (typeof GuestException === "function" && cause instanceof GuestException);
}

function missing(name: string): TypeError {
  return new TypeError(`Cannot use the module as a metered one: it has no export "${name}"`);
}

function globalExport(
  exports: WebAssembly.Exports,
  name: string,
): WebAssembly.Global {
  const value = exports[name];
  if (value instanceof WebAssembly.Global) return value;
  throw missing(name);
}

function memoryExport(exports: WebAssembly.Exports, name: string): WebAssembly.Memory {
  const value = exports[name];
  if (value instanceof WebAssembly.Memory) return value;
  throw missing(name);
}

function tableExport(exports: WebAssembly.Exports, name: string): WebAssembly.Table {
  const value = exports[name];
  if (value instanceof WebAssembly.Table) return value;
  throw missing(name);
}

function functionExport(
  exports: WebAssembly.Exports,
  name: string,
): (...values: number[]) => number {
  const value = exports[name];
  if (typeof value !== "function") throw missing(name);
  return value as (...values: number[]) => number;
}

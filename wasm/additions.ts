import { EMPTY_BLOCK, i32Const, i64Const, OP, unsigned, withIndex } from "./assemble.ts";
import { type GroupRole, SHARED_GLOBALS } from "./layout.ts";
import { I32, type ParsedModule } from "./types.ts";
import { Writer } from "./writer.ts";

/** Why a guest was stopped, as the global `cupel.stop` says it. */
export const STOP = { none: 0, fuel: 1, stack: 2, memory: 3, interrupt: 4, host: 5 } as const;

/**
 * Fuel handed out at a time. Between two slices the guest looks whether it was interrupted: every few
 * milliseconds.
 */
const SLICE = 16_000_000;

interface AddedFunction {
  type: number;
  body: Uint8Array;
}

/**
 * What the rewriting adds to a module. All of it goes behind what the module has, so that no index of
 * the module changes; but members of a group import what they share, and the globals that they define move
 * up.
 */
export class Additions {
  readonly module: ParsedModule;
  /** What the module is in a group; undefined for one that stands alone. */
  readonly role: GroupRole | undefined;
  /** Indices of the added globals. */
  readonly fuel: number;
  readonly stack: number;
  readonly stop: number;
  /** Set to 1 by what no image can undo: dropped segments. */
  readonly stale: number;
  /** Set to 1 when a table was written. */
  readonly tableWritten: number;
  /** First of the globals that hold the saved values of mutable ones. */
  readonly firstSaved: number;
  /** Fuel beyond the slice that was handed out. */
  readonly reserve: number;
  /** Index of the shared memory whose first word interrupts the guest; undefined where there is none. */
  readonly interrupt: number | undefined;
  /** Index of the memory that holds the dirty map; undefined for a module without memory. */
  readonly dirtyMap: number | undefined;
  readonly types: { params: number[]; results: number[] }[] = [];
  readonly functions: AddedFunction[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #chargeCodes = new Map<number, readonly number[]>();
  /** Code that looks whether the fuel is spent, and where in it the `if` stands. */
  readonly check: { bytes: readonly number[]; branch: number };
  /** In a group: globals for what is left to grow by, and whether growing was refused. */
  readonly growth: { pages: number; elements: number; refused: number } | undefined;
  readonly #shift: number;
  /** Calling this function with a reason from {@linkcode STOP} ends the run. */
  readonly halt: number;
  /** Called when the slice of fuel is spent: hands out the next one, or ends the run. */
  readonly spent: number;

  /**
   * @param interruptible Whether there is a memory through which another thread can stop the guest.
   * @param role What the module is in a group; undefined for one that stands alone.
   */
  constructor(module: ParsedModule, interruptible: boolean, role: GroupRole | undefined) {
    this.module = module;
    this.role = role;
    const imports = role === "member";
    this.#shift = imports ? SHARED_GLOBALS.length : 0;
    const end = module.globals.length + this.#shift;
    const first = imports ? module.importedGlobals : end;
    const shared = (name: (typeof SHARED_GLOBALS)[number]["name"]) =>
      first + SHARED_GLOBALS.findIndex((global) => global.name === name);
    this.fuel = shared("fuel");
    this.reserve = shared("reserve");
    this.stack = shared("stack");
    this.stop = shared("stop");
    this.growth = role === undefined
      ? undefined
      : { pages: shared("pages"), elements: shared("elements"), refused: shared("refused") };
    this.stale = imports ? end : end + SHARED_GLOBALS.length;
    this.tableWritten = this.stale + 1;
    this.firstSaved = this.stale + 2;
    this.dirtyMap = module.memories.length > 0 ? module.memories.length : undefined;
    const memories = module.memories.length + (this.dirtyMap === undefined ? 0 : 1);
    this.interrupt = interruptible ? memories : undefined;
    this.halt = this.function("halt", [I32], [], () => this.#haltBody());
    this.spent = this.function("spent", [], [], () => this.#spentBody());
    const isSpent = [...withIndex(OP.globalGet, this.fuel), ...i64Const(0), OP.i64LtS];
    const refill = [OP.if, EMPTY_BLOCK, ...withIndex(OP.call, this.spent), OP.end];
    this.check = { bytes: [...isSpent, ...refill], branch: isSpent.length };
  }

  /** What one of the module's globals is called in the rewritten module: imports of ours stand before it. */
  global(index: number): number {
    return index < this.module.importedGlobals ? index : index + this.#shift;
  }

  /** Index of a function type, added where the module has none like it. */
  type(params: number[], results: number[]): number {
    const same = (type: { params: number[]; results: number[] }) =>
      type.params.join() === params.join() && type.results.join() === results.join();
    const own = this.module.types.findIndex(same);
    if (own >= 0) return own;
    const added = this.types.findIndex(same);
    if (added >= 0) return this.module.types.length + added;
    return this.module.types.length + this.types.push({ params, results }) - 1;
  }

  /**
   * Index of an added function, made at the first call for its key.
   *
   * @param build Gives the body without local declarations and without the final `end`.
   */
  function(
    key: string,
    params: number[],
    results: number[],
    build: () => readonly number[],
  ): number {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const index = this.module.functions.length + this.functions.length;
    this.#byKey.set(key, index);
    const entry: AddedFunction = { type: this.type(params, results), body: new Uint8Array() };
    this.functions.push(entry);
    entry.body = new Writer().u32(0).raw(build()).byte(OP.end).toBytes();
    return index;
  }

  /** Code that takes an i64 amount, given by other code, off the fuel. */
  charge(amount: readonly number[]): number[] {
    const [get, set] = [withIndex(OP.globalGet, this.fuel), withIndex(OP.globalSet, this.fuel)];
    return [...get, ...amount, OP.i64Sub, ...set];
  }

  /** Code that takes a number of units off the fuel. */
  chargeCode(units: number): readonly number[] {
    const known = this.#chargeCodes.get(units);
    if (known !== undefined) return known;
    const code = this.charge(i64Const(units));
    this.#chargeCodes.set(units, code);
    return code;
  }

  #spentBody(): number[] {
    const get = (global: number) => withIndex(OP.globalGet, global);
    const set = (global: number) => withIndex(OP.globalSet, global);
    const haltIf = (reason: number) => [
      ...[OP.if, EMPTY_BLOCK],
      ...i32Const(reason),
      ...withIndex(OP.call, this.halt),
      OP.end,
    ];
    // What is left altogether goes to the reserve, and a slice of it back to the fuel.
    return [
      ...(this.interrupt === undefined
        ? []
        : [...i32Const(0), ...atomicLoad(this.interrupt), ...haltIf(STOP.interrupt)]),
      ...[...get(this.fuel), ...get(this.reserve), OP.i64Add, ...set(this.reserve)],
      ...[...get(this.reserve), ...set(this.fuel)],
      ...[...get(this.reserve), ...i64Const(0), OP.i64LtS, ...haltIf(STOP.fuel)],
      ...[...get(this.reserve), ...i64Const(SLICE), OP.i64LtS, OP.i32Eqz, OP.if, EMPTY_BLOCK],
      ...[...i64Const(SLICE), ...set(this.fuel), OP.end],
      ...[...get(this.reserve), ...get(this.fuel), OP.i64Sub, ...set(this.reserve)],
    ];
  }

  #haltBody(): number[] {
    return [
      ...withIndex(OP.globalGet, this.stop),
      ...[OP.i32Eqz, OP.if, EMPTY_BLOCK],
      ...withIndex(OP.localGet, 0),
      ...withIndex(OP.globalSet, this.stop),
      ...[OP.end, OP.unreachable],
    ];
  }
}

/** `i32.atomic.load` from the start of a memory (threads proposal): a plain load might be kept. */
function atomicLoad(memory: number): number[] {
  return [0xfe, 0x10, 0x42, ...unsigned(memory), 0];
}

import { EMPTY_BLOCK, OP, withIndex } from "./assemble.ts";
import { I32, type ParsedModule } from "./types.ts";
import { Writer } from "./writer.ts";

/** Why a guest was stopped, as the global `cupel.stop` says it. */
export const STOP = { none: 0, fuel: 1, stack: 2, memory: 3 } as const;

interface AddedFunction {
  type: number;
  body: Uint8Array;
}

/**
 * What the rewriting adds to a module. All of it goes behind what the module has, so that no index of
 * the module changes.
 */
export class Additions {
  readonly module: ParsedModule;
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
  /** Index of the memory that holds the dirty map; undefined for a module without memory. */
  readonly dirtyMap: number | undefined;
  readonly types: { params: number[]; results: number[] }[] = [];
  readonly functions: AddedFunction[] = [];
  readonly #byKey = new Map<string, number>();
  /** Calling this function with a reason from {@linkcode STOP} ends the run. */
  readonly halt: number;

  constructor(module: ParsedModule) {
    this.module = module;
    this.fuel = module.globals.length;
    this.stack = this.fuel + 1;
    this.stop = this.fuel + 2;
    this.stale = this.fuel + 3;
    this.tableWritten = this.fuel + 4;
    this.firstSaved = this.fuel + 5;
    this.dirtyMap = module.memories.length > 0 ? module.memories.length : undefined;
    this.halt = this.function("halt", [I32], [], () => this.#haltBody());
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

  /** Whether an added function of this key exists. */
  has(key: string): boolean {
    return this.#byKey.has(key);
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

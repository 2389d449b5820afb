import { malformed } from "./errors.ts";
import type { Instruction } from "./decode.ts";
import type { FunctionType, ParsedModule } from "./types.ts";

interface Frame {
  /** Name of the instruction that opened it. */
  opener: string;
  /** Operands below this height belong to the enclosing blocks. */
  base: number;
  params: number;
  results: number;
}

/** What is known of an operand: the local it is a copy of, or {@linkcode UNKNOWN}. */
const UNKNOWN = -1;

/** Instructions that stand only in a block that a certain other one opened. */
const CONTINUES: Record<string, string> = {
  else: "if",
  catch: "try",
  catch_all: "try",
  delegate: "try",
};

/**
 * Follows the operand stack through a function body, as validation does (core specification 2.0,
 * appendix "Validation Algorithm"), but only heights and copies of locals, not types.
 *
 * In code that cannot be reached heights may be too low, never below the block's base.
 */
export class Operands {
  readonly #module: ParsedModule;
  /** For each operand the local it is a copy of, and how often that local had been set by then. */
  readonly #copyOf: number[] = [];
  readonly #copiedAt: number[] = [];
  /** How often each local was set so far. */
  readonly #timesSet = new Map<number, number>();
  #height = 0;
  readonly #frames: Frame[];
  /** Greatest height so far. */
  max = 0;
  /** Whether an operand may be a vector. */
  hasVectors = false;

  constructor(module: ParsedModule, type: FunctionType) {
    this.#module = module;
    this.#frames = [{ opener: "function", base: 0, params: 0, results: type.results.length }];
  }

  /** Number of blocks that are open, the function's own not counted; below 0 once that is closed. */
  get depth(): number {
    return this.#frames.length - 1;
  }

  /** The local that the operand `below` the top is a copy of, or -1. */
  localBelow(below: number): number {
    const place = this.#height - 1 - below;
    // In code that cannot be reached, an operand of this block may not be there at all.
    if (place < this.#base()) return UNKNOWN;
    const local = this.#copyOf[place] ?? UNKNOWN;
    return this.#copiedAt[place] === this.#setCount(local) ? local : UNKNOWN;
  }

  /** Applies an instruction. */
  step(instruction: Instruction): void {
    const { info, name, first } = instruction;
    if (name === "local.get") return this.#push(first);
    if (name === "local.set" || name === "local.tee") {
      this.#pop(1);
      this.#timesSet.set(first, this.#setCount(first) + 1);
      if (name === "local.tee") this.#push(first);
      return;
    }
    if (info.takes === "?") return this.#control(instruction);
    this.#pop(info.takes.length);
    if (info.leaves === "v") this.hasVectors = true;
    if (info.leaves.length > 0) this.#push(UNKNOWN);
    if (name === "throw_ref" || name === "unreachable") this.#truncate();
  }

  #control({ name, first, start }: Instruction): void {
    const opener = CONTINUES[name];
    if (opener !== undefined && this.#top(start).opener !== opener) {
      throw malformed(`${name} without ${opener}`, start);
    }
    switch (name) {
      case "if":
        this.#pop(1);
        return this.#open(name, this.#blockType(first, start));
      case "block":
      case "loop":
      case "try":
      case "try_table":
        return this.#open(name, this.#blockType(first, start));
      case "else":
        return this.#restart(this.#top(start).params);
      case "catch":
        return this.#restart(this.#tagParams(first, start));
      case "catch_all":
        return this.#restart(0);
      case "end":
      case "delegate":
        return this.#close(start);
      case "call":
        return this.#call(this.#functionType(first, start));
      case "call_indirect":
        this.#pop(1);
        return this.#call(this.#type(first, start));
      default: // br, br_table, return, throw, rethrow, return_call…
        return this.#truncate();
    }
  }

  #blockType(code: number, at: number): FunctionType {
    if (code >= 0) return this.#type(code, at);
    return { params: [], results: code === -64 ? [] : [code & 0x7f] };
  }

  #type(index: number, at: number): FunctionType {
    const type = this.#module.types[index];
    if (type === undefined) throw malformed(`type ${index} is not defined`, at);
    return type;
  }

  #functionType(index: number, at: number): FunctionType {
    const type = this.#module.functions[index];
    if (type === undefined) throw malformed(`function ${index} is not defined`, at);
    return this.#type(type, at);
  }

  #tagParams(index: number, at: number): number {
    const type = this.#module.tags[index];
    if (type === undefined) throw malformed(`tag ${index} is not defined`, at);
    return this.#type(type, at).params.length;
  }

  #top(at: number): Frame {
    const frame = this.#frames.at(-1);
    if (frame === undefined) throw malformed("code after a function's end", at);
    return frame;
  }

  #open(opener: string, type: FunctionType): void {
    this.#pop(type.params.length);
    const base = this.#height;
    this.#frames.push({ opener, base, params: type.params.length, results: type.results.length });
    this.#pushMany(type.params.length);
  }

  #restart(operands: number): void {
    this.#truncate();
    this.#pushMany(operands);
  }

  #close(at: number): void {
    const { results } = this.#top(at);
    this.#truncate();
    this.#frames.pop();
    this.#pushMany(results);
  }

  #call(type: FunctionType): void {
    this.#pop(type.params.length);
    this.#pushMany(type.results.length);
  }

  #push(local: number): void {
    this.#copyOf[this.#height] = local;
    this.#copiedAt[this.#height] = this.#setCount(local);
    this.#height++;
    if (this.#height > this.max) this.max = this.#height;
  }

  #pushMany(count: number): void {
    for (let index = 0; index < count; index++) this.#push(UNKNOWN);
  }

  #pop(count: number): void {
    this.#height = Math.max(this.#base(), this.#height - count);
  }

  #truncate(): void {
    this.#height = this.#base();
  }

  #base(): number {
    return this.#frames[this.#frames.length - 1]?.base ?? 0;
  }

  #setCount(local: number): number {
    return this.#timesSet.get(local) ?? 0;
  }
}

import { constant } from "./constants.ts";
import { unsigned } from "./encode.ts";
import { type Flavour, GLOBALS } from "./environment.ts";
import type { Tape } from "./tape.ts";

/** A block that is open. */
export interface Block {
  /** Types that a branch to it takes. */
  label: string;
  results: string;
  /** Operands of the block itself. */
  stack: string[];
  /** Behind an unconditional branch: any operand may be taken from below. */
  isUnreachable: boolean;
  /** Whether `rethrow` may name it. */
  isCatch: boolean;
  /** Whether `delegate` may name it. */
  isTry: boolean;
}

/** A block that starts without operands and takes, at its end and at a branch, the same types. */
export function emptyBlock(types: string): Block {
  return {
    label: types,
    results: types,
    stack: [],
    isUnreachable: false,
    isCatch: false,
    isTry: false,
  };
}

/** Writes the code of one function and knows the types on the operand stack. */
export class CodeBuilder {
  readonly tape: Tape;
  readonly flavour: Flavour;
  /** Type of each function, imports first. */
  readonly functions: readonly number[];
  readonly locals: string;
  readonly results: string;
  readonly bytes: number[] = [];
  readonly blocks: Block[];

  constructor(
    tape: Tape,
    flavour: Flavour,
    functions: readonly number[],
    locals: string,
    results: string,
  ) {
    this.tape = tape;
    this.flavour = flavour;
    this.functions = functions;
    this.locals = locals;
    this.results = results;
    this.blocks = [emptyBlock(results)];
  }

  /** The innermost block. */
  get top(): Block {
    const block = this.blocks.at(-1);
    if (block === undefined) throw new RangeError("Cannot write behind the end of a function");
    return block;
  }

  /** Writes bytes. */
  emit(...bytes: number[]): this {
    for (const byte of bytes) this.bytes.push(byte);
    return this;
  }

  /** Notes that operands of these types now lie on the stack. */
  push(types: string): void {
    this.top.stack.push(...types);
  }

  /** Takes operands: those that lie there if their types fit, new ones otherwise. */
  take(types: string): void {
    if (!this.#fits(types) || this.tape.oneIn(4)) this.values(types);
    const { stack } = this.top;
    stack.length = Math.max(0, stack.length - types.length);
  }

  /** Writes code that leaves a value of each type. */
  values(types: string): void {
    for (const type of types) {
      this.#value(type);
      this.push(type);
    }
  }

  /** Makes the stack hold just the block's results, and nothing below them. */
  settle(): void {
    const { stack, results } = this.top;
    if (this.#fits(results) && stack.length <= results.length) return;
    while (stack.pop() !== undefined) this.emit(0x1a);
    this.values(results);
  }

  /** Behind an unconditional branch. */
  unreachable(): void {
    this.top.stack.length = 0;
    this.top.isUnreachable = true;
  }

  /** Indices of the locals of a type. */
  localsOf(type: string): number[] {
    return indicesOf(this.locals, type);
  }

  #fits(types: string): boolean {
    const { stack, isUnreachable } = this.top;
    for (let below = 1; below <= types.length; below++) {
      const present = stack.at(-below);
      if (below > stack.length) return isUnreachable;
      if (present !== types.at(-below)) return false;
    }
    return true;
  }

  #value(type: string): void {
    const { tape } = this;
    const locals = this.localsOf(type);
    const globals = indicesOf(GLOBALS, type).filter((index) => index > 0);
    if (locals.length > 0 && tape.below(3) > 0) {
      this.emit(0x20, ...unsigned(tape.pick(locals)));
    } else if (globals.length > 0 && tape.oneIn(4)) this.emit(0x23, tape.pick(globals));
    else if (type === "r" && tape.oneIn(2)) this.emit(0xd2, tape.below(this.functions.length));
    else this.emit(...constant(tape, type));
  }
}

function indicesOf(letters: string, letter: string): number[] {
  return [...letters].flatMap((candidate, index) => candidate === letter ? [index] : []);
}

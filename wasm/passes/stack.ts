import { EMPTY_BLOCK, i32Const, OP, signed, withIndex } from "../assemble.ts";
import { STOP } from "../additions.ts";
import type { BodyContext, Pass } from "../body.ts";
import type { Instruction } from "../decode.ts";
import { perOpcode } from "../opcodes.ts";
import { I32 } from "../types.ts";

/** Bytes that every frame takes on the native stack: return address, saved registers, spills. */
const FRAME_BYTES = 96;
/** Bytes of a local or an operand in the slowest tiers of the engines. */
const SLOT_BYTES = 8;
/** Frames up to this size that call nothing are not counted: they are covered by the headroom. */
const SMALL_LEAF_BYTES = 1024;

const CALLS = new Set(["call", "call_indirect", "return_call", "return_call_indirect"]);
/** The instructions that this pass looks at. */
const CONCERNED = perOpcode((name) =>
  CALLS.has(name) || /^(return|catch|catch_all|try_table|loop|end)$/.test(name)
);
const TAIL_CALLS = new Set(["return_call", "return_call_indirect"]);

/**
 * Limits the depth of calls, by an estimate of the bytes that each frame takes on the native stack.
 *
 * The estimate depends on the module alone, so the limit is met at the same point on every engine,
 * and set below all of their own limits it keeps them from being met. A function that calls takes its
 * frame's bytes at entry and gives them back at every exit; for that its body stands in one more block,
 * to which every `return` branches. After an exception is caught the count is put back to what it was.
 */
export class StackPass implements Pass {
  readonly #context: BodyContext;
  #calls = false;
  #catches = false;
  #depth = 0;

  constructor(context: BodyContext) {
    this.#context = context;
    context.edits.insert(context.codeStart, () => this.#entry());
  }

  instruction({ name, info, start, end }: Instruction): void {
    if (!CONCERNED[info.id]) return;
    const { edits, operands } = this.#context;
    this.#depth = operands.depth;
    if (CALLS.has(name)) this.#calls = true;
    if (name === "return") this.#replaceReturn(start, end);
    if (TAIL_CALLS.has(name)) edits.insert(start, () => this.#give());
    if (name === "catch" || name === "catch_all" || name === "try_table") this.#catches = true;
    // Where a handler may land: legacy catches, the ends of blocks, loop headers.
    if (name === "catch" || name === "catch_all" || name === "loop") this.#resync(end);
    if (name !== "end") return;
    if (this.#depth > 0) this.#resync(end);
    else edits.insert(start, () => this.#exit());
  }

  #resync(at: number): void {
    this.#context.edits.insert(at, () => this.#catches && this.#counts() ? this.#restore() : []);
  }

  #replaceReturn(start: number, end: number): void {
    const depth = this.#depth;
    this.#context.edits.replace(
      start,
      end,
      () => this.#counts() ? withIndex(OP.br, depth) : [OP.return],
    );
  }

  /** Estimated size of the frame, in bytes. */
  #frame(): number {
    const { type, localCount, operands, scratch } = this.#context;
    const slots = type.params.length + localCount + scratch.types.length + operands.max;
    return FRAME_BYTES + SLOT_BYTES * slots;
  }

  #counts(): boolean {
    return this.#calls || this.#frame() > SMALL_LEAF_BYTES;
  }

  #entry(): number[] {
    if (!this.#counts()) return [];
    const { additions, type } = this.#context;
    const stack = additions.stack;
    return [
      ...withIndex(OP.globalGet, stack),
      ...i32Const(this.#frame()),
      OP.i32Sub,
      ...withIndex(OP.globalSet, stack),
      ...withIndex(OP.globalGet, stack),
      ...i32Const(0),
      ...[OP.i32LtS, OP.if, EMPTY_BLOCK],
      ...i32Const(STOP.stack),
      ...withIndex(OP.call, additions.halt),
      ...[OP.unreachable, OP.end],
      ...(this.#catches ? this.#remember() : []),
      OP.block,
      ...this.#blockType(type.results),
    ];
  }

  #exit(): number[] {
    return this.#counts() ? [OP.end, ...this.#give()] : [];
  }

  #give(): number[] {
    if (!this.#counts()) return [];
    const { stack } = this.#context.additions;
    return [
      ...withIndex(OP.globalGet, stack),
      ...i32Const(this.#frame()),
      OP.i32Add,
      ...withIndex(OP.globalSet, stack),
    ];
  }

  #blockType(results: number[]): number[] {
    const [single] = results;
    if (single === undefined) return [EMPTY_BLOCK];
    if (results.length === 1) return [single];
    const type = this.#context.additions.type([], results);
    return signed(type);
  }

  #remember(): number[] {
    const local = this.#context.scratch.local("depth", I32);
    return [
      ...withIndex(OP.globalGet, this.#context.additions.stack),
      ...withIndex(OP.localSet, local),
    ];
  }

  #restore(): number[] {
    const local = this.#context.scratch.local("depth", I32);
    return [
      ...withIndex(OP.localGet, local),
      ...withIndex(OP.globalSet, this.#context.additions.stack),
    ];
  }
}

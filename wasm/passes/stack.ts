import { EMPTY_BLOCK, i32Const, OP, signed, withIndex } from "../assemble.ts";
import { STOP } from "../additions.ts";
import type { BodyContext, Pass } from "../body.ts";
import type { Instruction } from "../decode.ts";
import { perOpcode } from "../opcodes.ts";
import type { Edit } from "../edits.ts";
import { I32 } from "../types.ts";
import type { Writer } from "../writer.ts";

const TAIL_CALLS = new Set(["return_call", "return_call_indirect"]);

/**
 * Limits the depth of calls, by an estimate of the bytes that each frame takes on the native stack.
 *
 * The estimate depends on the module alone, so the limit is met at the same point on every engine,
 * and set below all of their own limits it keeps them from being met. A checkpoint takes its bytes at
 * entry and gives them back at every exit; for that its body stands in one more block, to which every
 * `return` branches. After an exception is caught the count is put back to what it was.
 */
export class StackPass implements Pass {
  readonly #context: BodyContext;
  #catches = false;
  #depth = 0;
  /** Where a handler may land: of no use in a function without one. */
  readonly #landings: Edit[] = [];

  constructor(context: BodyContext) {
    this.#context = context;
    context.edits.insert(context.codeStart, (into) => into.raw(this.#entry()));
  }

  static readonly concerns = perOpcode((name) =>
    /^(return|return_call(_indirect)?|delegate|catch|catch_all|try_table|loop|end)$/.test(name)
  );

  instruction({ name, first, start, end }: Instruction): void {
    const { edits, operands } = this.#context;
    this.#depth = operands.depth;
    if (name === "return") this.#replaceReturn(start, end);
    if (name === "delegate" && first === this.#depth - 1) this.#delegateToCaller(start, end, first);
    if (TAIL_CALLS.has(name)) edits.insert(start, (into) => into.raw(this.#give()));
    if (name === "catch" || name === "catch_all" || name === "try_table") this.#catches = true;
    // Where a handler may land: legacy catches, the ends of blocks, loop headers.
    if (name === "catch" || name === "catch_all" || name === "loop") this.#resync(end);
    if (name !== "end") return;
    if (this.#depth > 0) this.#resync(end);
    else edits.insert(start, (into) => into.raw(this.#exit()));
  }

  finish(): void {
    if (!this.#catches) { for (const edit of this.#landings) this.#context.edits.retract(edit); }
    this.#landings.length = 0;
  }

  #resync(at: number): void {
    this.#landings.push(this.#context.edits.insert(at, this.#putBack));
  }

  readonly #putBack = (into: Writer): void => {
    into.raw(this.#restore());
  };

  #replaceReturn(start: number, end: number): void {
    const depth = this.#depth;
    this.#context.edits.replace(
      start,
      end,
      (into) => into.raw(this.#isWrapped() ? withIndex(OP.br, depth) : [OP.return]),
    );
  }

  /** JavaScriptCore takes blocks of functions and of `try` as targets of `delegate`, but no others. */
  #delegateToCaller(start: number, end: number, label: number): void {
    this.#context.edits.replace(
      start,
      end,
      (into) => into.raw(withIndex(OP.delegate, this.#isWrapped() ? label + 1 : label)),
    );
  }

  #counts(): boolean {
    return this.#context.plan.isCheckpoint;
  }

  /** A function that is not counted but catches must put back what the calls it cut short have taken. */
  #isWrapped(): boolean {
    return this.#counts() || this.#catches;
  }

  #entry(): number[] {
    return [
      ...(this.#counts() ? this.#take() : []),
      ...(this.#catches ? this.#remember() : []),
      ...(this.#isWrapped() ? [OP.block, ...this.#blockType(this.#context.type.results)] : []),
    ];
  }

  #take(): number[] {
    const { additions, plan } = this.#context;
    const stack = additions.stack;
    return [
      ...withIndex(OP.globalGet, stack),
      ...i32Const(plan.stackBytes),
      OP.i32Sub,
      ...withIndex(OP.globalSet, stack),
      ...withIndex(OP.globalGet, stack),
      ...i32Const(0),
      ...[OP.i32LtS, OP.if, EMPTY_BLOCK],
      ...i32Const(STOP.stack),
      ...withIndex(OP.call, additions.halt),
      ...[OP.unreachable, OP.end],
    ];
  }

  #exit(): number[] {
    // A handler may also have the function's own label, and so land here.
    const restored = this.#catches ? this.#restore() : [];
    return this.#isWrapped() ? [OP.end, ...restored, ...this.#give()] : [];
  }

  #give(): number[] {
    if (!this.#counts()) return [];
    const { stack } = this.#context.additions;
    return [
      ...withIndex(OP.globalGet, stack),
      ...i32Const(this.#context.plan.stackBytes),
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

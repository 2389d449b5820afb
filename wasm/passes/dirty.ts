import { i32Const, OP, unsigned, withIndex } from "../assemble.ts";
import type { BodyContext, Pass } from "../body.ts";
import type { Instruction } from "../decode.ts";
import { perOpcode } from "../opcodes.ts";
import { F32, F64, I32, I64, V128 } from "../types.ts";

/** Bytes of a page of the dirty map, as a power of two. */
export const PAGE_SHIFT = 12;

/**
 * A mark stands for its page and the next. A later store through the same local whose offset is less
 * than this behind the marked one needs no mark of its own (16 bytes is the widest store).
 */
const COVERED_BYTES = (1 << PAGE_SHIFT) - 16;

const TYPES: Record<string, number> = { i32: I32, i64: I64, f32: F32, f64: F64, v128: V128 };

/** For a store: the type of what it stores. */
const STORED = perOpcode((name) => {
  const match = /^(i32|i64|f32|f64|v128)\.store(?:\d+|\d+_lane)?$/.exec(name);
  return TYPES[match?.[1] ?? ""];
});
const JOINS = perOpcode((name) => /^(loop|else|end|catch|catch_all|delegate)$/.test(name));
const SETS_LOCAL = perOpcode((name) => name === "local.set" || name === "local.tee");

/**
 * Marks the pages that stores write, after each store, in a map that lies in a memory of its own.
 *
 * The map is out of the guest's reach, so that even code that corrupts the guest cannot hide a write.
 */
export class DirtyPass implements Pass {
  readonly #context: BodyContext;
  readonly #map: number;
  /** For a local: the offset that was marked with its present value on every way to here. */
  readonly #marked = new Map<number, number>();

  constructor(context: BodyContext, map: number) {
    this.#context = context;
    this.#map = map;
  }

  instruction(instruction: Instruction): void {
    const { id } = instruction.info;
    if (JOINS[id]) this.#marked.clear();
    if (SETS_LOCAL[id]) this.#marked.delete(instruction.first);
    const type = STORED[id];
    if (type !== undefined) this.#store(instruction, type);
  }

  #store({ start, end, first: offset }: Instruction, type: number): void {
    const { edits, operands, scratch } = this.#context;
    const local = operands.localBelow(1);
    if (local >= 0) {
      if (this.#isCovered(local, offset)) return;
      this.#marked.set(local, offset);
      edits.insert(end, this.#mark(local, offset));
      return;
    }
    const address = scratch.local("address", I32);
    const value = scratch.local("value", type);
    edits.insert(start, [
      ...withIndex(OP.localSet, value),
      ...withIndex(OP.localTee, address),
      ...withIndex(OP.localGet, value),
    ]);
    edits.insert(end, this.#mark(address, offset));
  }

  #isCovered(local: number, offset: number): boolean {
    const marked = this.#marked.get(local);
    return marked !== undefined && offset >= marked && offset - marked < COVERED_BYTES;
  }

  #mark(local: number, offset: number): number[] {
    return [
      ...withIndex(OP.localGet, local),
      ...(offset === 0 ? [] : [...i32Const(offset), OP.i32Add]),
      ...i32Const(PAGE_SHIFT),
      OP.i32ShrU,
      ...i32Const(1),
      ...storeByte(this.#map),
    ];
  }
}

/** `i32.store8` into a memory other than the first. */
export function storeByte(memory: number): number[] {
  return [0x3a, 0x40, ...unsigned(memory), 0];
}

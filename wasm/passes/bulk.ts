import { EMPTY_BLOCK, i32Const, i64Const, OP, unsigned, withIndex } from "../assemble.ts";
import type { BodyContext, Pass } from "../body.ts";
import type { CostModel } from "../cost.ts";
import type { Instruction } from "../decode.ts";
import { perOpcode } from "../opcodes.ts";
import { I32 } from "../types.ts";
import { PAGE_SHIFT, storeByte } from "./dirty.ts";

const get = (local: number) => withIndex(OP.localGet, local);

/**
 * Replaces the instructions that work on many bytes or elements by functions that charge for the length,
 * run the instruction, and mark what it wrote; and notes what an image must know of: written tables and
 * dropped segments.
 */
export class BulkPass implements Pass {
  readonly #context: BodyContext;

  constructor(context: BodyContext) {
    this.#context = context;
  }

  static readonly concerns = perOpcode((name) =>
    /^(memory\.(fill|copy|init|grow)|table\.(fill|copy|init|grow|set)|(data|elem)\.drop)$/.test(
      name,
    )
  );

  instruction({ name, first, second, start, end }: Instruction): void {
    switch (name) {
      case "memory.fill":
      case "memory.copy":
      case "memory.init":
        return this.#call(start, end, this.#memoryFunction(name, first, second));
      case "memory.grow":
        return this.#call(start, end, this.#memoryGrow());
      case "table.fill":
      case "table.copy":
      case "table.init":
      case "table.grow":
        return this.#call(start, end, this.#tableFunction(name, first, second));
      case "table.set":
        this.#context.edits.insert(start, this.#flag(this.#context.additions.tableWritten));
        return;
      case "data.drop":
      case "elem.drop":
        this.#context.edits.insert(start, this.#flag(this.#context.additions.stale));
        return;
    }
  }

  #call(start: number, end: number, index: number): void {
    this.#context.edits.replace(start, end, withIndex(OP.call, index));
  }

  #flag(global: number): number[] {
    return [...i32Const(1), ...withIndex(OP.globalSet, global)];
  }

  /**
   * A charge of one unit and one for every `1 << shift` of the length in a local; whole blocks pay that
   * again, as often as they say.
   */
  #chargeLength(local: number, shift: number, blocks: CostModel["blocks"] = []): number[] {
    const length = [...get(local), ...i32Const(shift), OP.i32ShrU];
    const more = blocks.flatMap((block) => [
      ...[...get(local), ...i32Const(block.shift), OP.i32ShrU],
      ...[...i32Const(2 ** (block.shift - shift) * block.times), OP.i32Mul, OP.i32Add],
    ]);
    const amount = [...length, ...more, OP.i64ExtendI32U, ...i64Const(1), OP.i64Add];
    const { additions } = this.#context;
    return [...additions.charge(amount), ...additions.check.bytes];
  }

  #memoryFunction(name: string, first: number, second: number): number {
    const { additions, costs } = this.#context;
    const indices = name === "memory.fill" ? [0] : [first, second];
    const shift = name === "memory.fill" ? costs.fillShift : costs.copyShift;
    const code = { "memory.init": 8, "memory.copy": 10 }[name] ?? 11;
    return additions.function(`${name}:${indices}`, [I32, I32, I32], [], () => [
      ...this.#chargeLength(2, shift, costs.blocks),
      ...get(0),
      ...get(1),
      ...get(2),
      ...bulk(code, indices),
      ...this.#markRange(),
    ]);
  }

  /** Marks the pages of the range whose address is in local 0 and whose length is in local 2. */
  #markRange(): number[] {
    const map = this.#context.additions.dirtyMap;
    if (map === undefined) return [];
    const shift = [...i32Const(PAGE_SHIFT), OP.i32ShrU];
    const lastPage = [...get(0), ...get(2), OP.i32Add, ...i32Const(1), OP.i32Sub, ...shift];
    const firstPage = [...get(0), ...shift];
    return [
      ...get(2),
      ...[OP.if, EMPTY_BLOCK],
      // A mark stands for its page and the next: enough for a short range.
      ...[...get(2), ...i32Const(1 << PAGE_SHIFT), OP.i32LeU, OP.if, EMPTY_BLOCK],
      ...[...firstPage, ...i32Const(1), ...storeByte(map), OP.else],
      ...firstPage,
      ...i32Const(1),
      ...[...lastPage, ...firstPage, OP.i32Sub, ...i32Const(1), OP.i32Add],
      ...bulk(11, [map]),
      ...[OP.end, OP.end],
    ];
  }

  #memoryGrow(): number {
    const { additions, costs } = this.#context;
    return additions.function("memory.grow", [I32], [I32], () => {
      const grown = [0x3f, 0, ...get(0), OP.i32Sub]; // memory.size less the old size
      const amount = [...grown, OP.i64ExtendI32U, ...i64Const(costs.page), OP.i64Mul];
      const { growth } = additions;
      return [
        ...additions.chargeCode(costs.page),
        ...additions.check.bytes,
        ...this.#refuseBeyond(growth?.pages, 0),
        ...get(0),
        ...[0x40, 0], // memory.grow
        ...[OP.localTee, 0],
        ...i32Const(-1),
        ...[OP.i32Eq, OP.if, I32, ...this.#refused(), ...i32Const(-1), OP.else],
        ...additions.charge(amount),
        ...this.#takeGrowth(growth?.pages, grown),
        ...get(0),
        OP.end,
      ];
    });
  }

  #tableFunction(name: string, first: number, second: number): number {
    const { additions, costs } = this.#context;
    const element = additions.module.tables[first]?.element ?? 0;
    const signatures: Record<string, { code: number; params: number[]; results: number[] }> = {
      "table.fill": { code: 17, params: [I32, element, I32], results: [] },
      "table.copy": { code: 14, params: [I32, I32, I32], results: [] },
      "table.init": { code: 12, params: [I32, I32, I32], results: [] },
      "table.grow": { code: 15, params: [element, I32], results: [I32] },
    };
    const { code = 17, params = [], results = [] } = signatures[name] ?? {};
    const indices = code === 12 || code === 14 ? [first, second] : [first];
    const growth = name === "table.grow" ? additions.growth : undefined;
    return additions.function(`${name}:${indices}`, params, results, () => [
      ...this.#chargeLength(params.length - 1, costs.elementsShift),
      ...this.#flag(additions.tableWritten),
      ...this.#refuseBeyond(growth?.elements, 1),
      ...params.flatMap((_, index) => get(index)),
      ...bulk(code, indices),
      ...(growth === undefined ? [] : this.#afterTableGrow(growth.elements)),
    ]);
  }

  /** Ends an added function that grows something with -1 where the group has not so much left. */
  #refuseBeyond(left: number | undefined, delta: number): number[] {
    if (left === undefined) return [];
    const tooMuch = [...withIndex(OP.globalGet, left), ...get(delta), OP.i32LtU];
    return [...tooMuch, OP.if, EMPTY_BLOCK, ...this.#refused(), ...i32Const(-1), OP.return, OP.end];
  }

  /** Notes that growing was refused. */
  #refused(): number[] {
    const { growth } = this.#context.additions;
    return growth === undefined ? [] : this.#flag(growth.refused);
  }

  /** Takes an amount, given by other code, off what the group has left to grow by. */
  #takeGrowth(left: number | undefined, amount: readonly number[]): number[] {
    if (left === undefined) return [];
    return [
      ...withIndex(OP.globalGet, left),
      ...amount,
      OP.i32Sub,
      ...withIndex(OP.globalSet, left),
    ];
  }

  /** The old size, or -1, is on the stack and stays there; the number of elements is in local 1. */
  #afterTableGrow(left: number): number[] {
    const grown = this.#context.additions.function("table.grown", [I32, I32], [I32], () => [
      ...[...get(0), ...i32Const(-1), OP.i32Eq, OP.if, EMPTY_BLOCK, ...this.#refused(), OP.else],
      ...[...this.#takeGrowth(left, get(1)), OP.end],
      ...get(0),
    ]);
    return [...get(1), ...withIndex(OP.call, grown)];
  }
}

/** An instruction of the 0xfc group with its indices. */
function bulk(code: number, indices: readonly number[]): number[] {
  return [0xfc, code, ...indices.flatMap(unsigned)];
}

import { perOpcode } from "./opcodes.ts";

/**
 * What running code costs, in units of fuel.
 *
 * The aim is proportion to time within a small factor, on interpreters and on compiled code alike:
 * instructions are charged block by block where they are executed, a call and a loop turn have a
 * floor, and what an engine does in bulk is charged by length. docs/benchmarks.md holds the figures.
 */
export interface CostModel {
  /** Floor of entering a function. */
  entry: number;
  /** Floor of one turn of a loop. */
  turn: number;
  /** Calling an imported function, on top of what the host charges itself. */
  hostCall: number;
  /** Blocks that cost less than this are not charged: they are part of the floors. */
  threshold: number;
  /** Cost of an instruction, by its position in the table of instructions. */
  weights: readonly number[];
  /** Bytes that `memory.fill` handles for one unit, as a power of two. */
  fillShift: number;
  /** Bytes that `memory.copy` and `memory.init` handle for one unit, as a power of two. */
  copyShift: number;
  /**
   * Blocks of this many bytes, as a power of two, that `memory.fill`, `memory.copy` and `memory.init` handle
   * whole cost twice: no cache holds them, so they wait for memory.
   */
  largeShift: number;
  /** One page of 64 KiB that a memory grows by. */
  page: number;
  /** Elements of a table handled for one unit, as a power of two. */
  elementsShift: number;
}

const FREE =
  /^(nop|block|loop|end|else|drop|try|try_table|delegate|catch|catch_all|local\.(get|set|tee)|.*\.const|ref\.null|.*\.reinterpret_.*|i32\.wrap_i64|i64\.extend_i32_u)$/;

/** Instructions that cost more than one unit: what they are called, and what they cost. */
const DEAR: readonly [name: RegExp, cost: number][] = [
  [/^i64\.(div|rem)/, 14],
  [/\.(div|rem)(_[su])?$|\.sqrt$/, 6],
  [/^(return_)?call_indirect$/, 20],
  [/^(return_)?call$/, 6],
  [/^br_table$/, 8],
  [/^(br|br_if|if)$/, 2],
  [/\.store/, 2],
  // Loops that hash wait for each product before they can go on.
  [/^i32\.mul$/, 3],
  [/^(throw|throw_ref|rethrow)$/, 200],
];

function weigh(name: string): number {
  if (FREE.test(name)) return 0;
  return DEAR.find(([pattern]) => pattern.test(name))?.[1] ?? 1;
}

const WEIGHTS = perOpcode(weigh);

/** The cost model that Cupel uses. Changing it changes every recorded fuel figure. */
export const DEFAULT_COSTS: CostModel = {
  entry: 6,
  turn: 3,
  hostCall: 60,
  threshold: 8,
  weights: WEIGHTS,
  fillShift: 3,
  copyShift: 2,
  largeShift: 21,
  page: 4096,
  elementsShift: 1,
};

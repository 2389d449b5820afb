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
  /** Cost of an instruction, by its position in the table of instructions; a stretch's sum is rounded. */
  weights: readonly number[];
  /** Bytes that `memory.fill` handles for one unit, as a power of two. */
  fillShift: number;
  /** Bytes that `memory.copy` and `memory.init` handle for one unit, as a power of two. */
  copyShift: number;
  /**
   * What `memory.fill`, `memory.copy` and `memory.init` pay on top for blocks that they handle whole, as the
   * caches near the processor do not hold them: the size of a block, as a power of two, and how often its
   * bytes are paid again. Prices add up.
   */
  blocks: readonly { shift: number; times: number }[];
  /** One page of 64 KiB that a memory grows by. */
  page: number;
  /** Elements of a table handled for one unit, as a power of two. */
  elementsShift: number;
}

const FREE =
  /^(nop|block|loop|end|else|drop|try|try_table|delegate|catch|catch_all|local\.(get|set|tee)|.*\.const|ref\.null|.*\.reinterpret_.*|i32\.wrap_i64|i64\.extend_i32_u)$/;

/** Prices are whole eighths of a unit, so that sums of them are exact. */
const EIGHTHS = 8;

/** What an instruction costs that is not free and not in the list below, in eighths. */
const USUAL = 5;

/**
 * Instructions that cost more, in eighths. The prices were fitted to times of interpreted programs and
 * compiled kernels together. What branches pays for being guessed wrong now and then, what loads for waiting.
 */
const DEAR: readonly [name: RegExp, eighths: number][] = [
  [/^i(32|64)\.(div|rem)/, 70],
  [/\.div$|\.sqrt$/, 30],
  [/^(return_)?call_indirect$/, 250],
  [/^(return_)?call$/, 30],
  [/^br_table$/, 30],
  [/^(br_if|if)$/, 30],
  [/^br$/, 10],
  [/\.store/, 25],
  [/\.load/, 15],
  [/^(throw|throw_ref|rethrow)$/, 1000],
];

function weigh(name: string): number {
  if (FREE.test(name)) return 0;
  return (DEAR.find(([pattern]) => pattern.test(name))?.[1] ?? USUAL) / EIGHTHS;
}

const WEIGHTS = perOpcode(weigh);

/** The cost model that Cupel uses. Changing it changes every recorded fuel figure. */
export const DEFAULT_COSTS: CostModel = {
  entry: 4,
  turn: 2,
  hostCall: 60,
  threshold: 8,
  weights: WEIGHTS,
  fillShift: 4,
  copyShift: 3,
  blocks: [{ shift: 18, times: 1 }, { shift: 21, times: 2 }],
  page: 4096,
  elementsShift: 1,
};

import { assertCount } from "./count.ts";

/** How often each pair of results came up when both arms ran the same cases. */
export interface PairedTable {
  /** Cases that both arms pass. */
  both: number;
  /** Cases that only the baseline passes: regressions. */
  baselineOnly: number;
  /** Cases that only the candidate passes: improvements. */
  candidateOnly: number;
  /** Cases that neither arm passes. */
  neither: number;
}

/**
 * Number of cases in the table.
 *
 * @throws {RangeError} if a cell is not a count.
 */
export function tableTotal(table: PairedTable): number {
  assertCount("both", table.both);
  assertCount("baselineOnly", table.baselineOnly);
  assertCount("candidateOnly", table.candidateOnly);
  assertCount("neither", table.neither);
  return table.both + table.baselineOnly + table.candidateOnly + table.neither;
}

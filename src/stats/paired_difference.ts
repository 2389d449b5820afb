import type { Interval } from "./interval.ts";
import { type PairedTable, tableTotal } from "./paired_table.ts";
import { tangoInterval } from "./tango.ts";

/** The difference of the arms' pass rates, candidate minus baseline, with its 95 % interval. */
export interface PairedDifference extends Interval {
  /** Candidate's pass rate minus the baseline's; `null` where no case was judged. */
  estimate: number | null;
  /** How the interval was made. */
  method: "tango-1998";
}

/**
 * Estimates the difference of the pass rates from cases that both arms ran.
 *
 * @throws {RangeError} if a cell of the table is not a count.
 */
export function pairedDifference(table: PairedTable): PairedDifference {
  const n = tableTotal(table);
  const estimate = n === 0 ? null : (table.candidateOnly - table.baselineOnly) / n;
  const { low, high } = tangoInterval(table);
  return { estimate, low, high, method: "tango-1998" };
}

import { type Interval, Z_95 } from "./interval.ts";
import { type PairedTable, tableTotal } from "./paired_table.ts";
import { tangoInterval } from "./tango.ts";

/** The difference of the arms' pass rates, candidate minus baseline, with its interval. */
export interface PairedDifference extends Interval {
  /** Candidate's pass rate minus the baseline's; `null` where no case was judged. */
  estimate: number | null;
  /** How the interval was made. */
  method: "tango-1998";
}

/**
 * Estimates the difference of the pass rates from cases that both arms ran.
 *
 * @param z Normal quantile of the interval; that of 95 % where none is given.
 * @throws {RangeError} if a cell of the table is not a count.
 */
export function pairedDifference(table: PairedTable, z: number = Z_95): PairedDifference {
  const n = tableTotal(table);
  const estimate = n === 0 ? null : (table.candidateOnly - table.baselineOnly) / n;
  const { low, high } = tangoInterval(table, z);
  return { estimate, low, high, method: "tango-1998" };
}

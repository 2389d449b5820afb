import { assertConfidence } from "../count.ts";
import { CONFIDENCE_LEVEL, type Interval } from "../interval.ts";
import { type PairedTable, tableTotal } from "../paired_table.ts";
import { ln } from "../special/log_exp.ts";
import { logCapital } from "./betting.ts";

/**
 * An interval for the difference of the pass rates (candidate minus baseline) that may be looked at
 * after every case: with probability `confidence` the intervals of all times together hold the true
 * difference (a confidence sequence).
 *
 * It has the differences that {@linkcode eValueAgainst} does not reject on either side, each at
 * `(1 - confidence) / 2`; so each of its ends is a one-sided bound of that level by itself, as those
 * of a fixed-n interval are. I. Waudby-Smith and A. Ramdas (2024), "Estimating means of bounded
 * random variables by betting", Journal of the Royal Statistical Society B 86:1-27, theorem 3.
 *
 * @param confidence Between 0 and 1.
 * @returns The interval inside `[-1, 1]`; all of it for a table without cases. It always holds the
 *   observed difference.
 * @throws {RangeError} if a cell is not a count, or `confidence` is not between 0 and 1.
 */
export function alwaysValidInterval(
  table: PairedTable,
  confidence: number = CONFIDENCE_LEVEL,
): Interval {
  assertConfidence(confidence);
  const n = tableTotal(table);
  if (n === 0) return { low: -1, high: 1 };
  const { candidateOnly, baselineOnly } = table;
  const needed = ln(2 / (1 - confidence));
  // Swapping the arms negates the difference: the upper bound is a mirrored lower bound.
  return {
    low: lowerBound(candidateOnly, baselineOnly, n, needed),
    high: -lowerBound(baselineOnly, candidateOnly, n, needed),
  };
}

/** Bounds are found to this distance, always on the outer side. */
const RESOLUTION = 1e-15;

/** The largest difference below the observed one against which the capital is `needed`, or more. */
function lowerBound(won: number, lost: number, n: number, needed: number): number {
  const tied = n - won - lost;
  let rejected = -1;
  let kept = (won - lost) / n;
  while (kept - rejected > RESOLUTION) {
    const middle = rejected + (kept - rejected) / 2;
    if (logCapital(won, lost, tied, middle) >= needed) rejected = middle;
    else kept = middle;
  }
  return rejected;
}

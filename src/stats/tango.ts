import { type Interval, Z_95 } from "./interval.ts";
import { type PairedTable, tableTotal } from "./paired_table.ts";

/**
 * Tango's score interval for the difference of two paired proportions, candidate minus baseline.
 *
 * It inverts the score test, with the nuisance cell at its maximum-likelihood estimate under each
 * tested difference. So it keeps its coverage where few pairs are discordant, has a width of more
 * than zero where none is, and agrees with McNemar's test at a difference of 0.
 *
 * T. Tango (1998), "Equivalence test and confidence interval for the difference in proportions for
 * the paired-sample design", Statistics in Medicine 17:891-908, equations 24 to 26.
 *
 * @param z Normal quantile; 1.96 for 95 %.
 * @returns The interval inside `[-1, 1]`; all of it for a table without cases.
 * @throws {RangeError} if a cell is not a count.
 */
export function tangoInterval(table: PairedTable, z: number = Z_95): Interval {
  return tangoOfPairs(table.candidateOnly, table.baselineOnly, tableTotal(table), z);
}

/**
 * Tango's interval from pairs that need not be whole, as those of a table divided by a design effect.
 *
 * @param gained Pairs that only the candidate passes, at least 0.
 * @param lost Pairs that only the baseline passes, at least 0.
 * @param n Pairs in all, at least `gained + lost`.
 * @param z Normal quantile; 1.96 for 95 %.
 * @returns The interval inside `[-1, 1]`; all of it without pairs.
 */
export function tangoOfPairs(
  gained: number,
  lost: number,
  n: number,
  z: number = Z_95,
): Interval {
  if (n === 0) return { low: -1, high: 1 };
  // Swapping the arms negates the difference, so the lower bound is a mirrored upper bound. This
  // makes the mirror exact to the last digit.
  return { low: -upperBound(lost, gained, n, z), high: upperBound(gained, lost, n, z) };
}

/**
 * Tango's score statistic for the hypothesis that the difference is `delta`, for `gained` pairs
 * that only the first arm passes, `lost` that only the second passes, of `n` in all.
 */
function scoreStatistic(gained: number, lost: number, n: number, delta: number): number {
  const excess = gained - lost - n * delta;
  if (excess === 0) return 0;
  const lostEstimate = restrictedEstimate(gained, lost, n, delta);
  const variance = n * (2 * lostEstimate + delta * (1 - delta));
  if (variance <= 0) return excess > 0 ? Infinity : -Infinity;
  return excess / Math.sqrt(variance);
}

/** Maximum-likelihood estimate of the lost cell's probability under a difference of `delta`. */
function restrictedEstimate(gained: number, lost: number, n: number, delta: number): number {
  const a = 2 * n;
  const b = -gained - lost + (2 * n - gained + lost) * delta;
  const c = -lost * delta * (1 - delta);
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * c));
  // The two forms of the same root; each avoids subtracting two nearly equal numbers.
  if (b > 0) return (-2 * c) / (b + root);
  return (root - b) / (2 * a);
}

/** The difference above the observed one at which the statistic falls to `-z`, by bisection. */
function upperBound(gained: number, lost: number, n: number, z: number): number {
  let inside = (gained - lost) / n;
  let outside = 1;
  while (true) {
    const middle = inside + (outside - inside) / 2;
    // Neighbouring numbers: nothing lies between them any more.
    if (middle <= inside || middle >= outside) return outside;
    if (scoreStatistic(gained, lost, n, middle) > -z) inside = middle;
    else outside = middle;
  }
}

import { type Interval, Z_95 } from "./interval.ts";
import { type PairedTable, tableTotal } from "./paired_table.ts";
import { wilsonInterval } from "./wilson.ts";

/**
 * Newcombe's hybrid score interval for the difference of two paired proportions, candidate minus
 * baseline: the two Wilson intervals, joined with the continuity-corrected correlation of the table.
 *
 * R. G. Newcombe (1998), "Improved confidence intervals for the difference between binomial
 * proportions based on paired data", Statistics in Medicine 17:2635-2650, method 10.
 *
 * @returns The interval inside `[-1, 1]`; all of it for a table without cases.
 * @throws {RangeError} if a cell is not a count.
 */
export function newcombeInterval(table: PairedTable, z: number = Z_95): Interval {
  const n = tableTotal(table);
  if (n === 0) return { low: -1, high: 1 };
  const candidatePassed = table.both + table.candidateOnly;
  const baselinePassed = table.both + table.baselineOnly;
  const candidate = wilsonInterval(candidatePassed, n, z);
  const baseline = wilsonInterval(baselinePassed, n, z);
  const candidateRate = candidatePassed / n;
  const baselineRate = baselinePassed / n;
  const phi = correctedPhi(table, n);
  const below = joinedReach(candidateRate - candidate.low, baseline.high - baselineRate, phi);
  const above = joinedReach(candidate.high - candidateRate, baselineRate - baseline.low, phi);
  const estimate = (table.candidateOnly - table.baselineOnly) / n;
  return { low: Math.max(-1, estimate - below), high: Math.min(1, estimate + above) };
}

/** The phi coefficient, its numerator moved towards 0 by `n / 2` where it is positive. */
function correctedPhi(table: PairedTable, n: number): number {
  const { both, candidateOnly, baselineOnly, neither } = table;
  const product = (both + candidateOnly) * (baselineOnly + neither) *
    (both + baselineOnly) * (candidateOnly + neither);
  if (product === 0) return 0;
  const cross = both * neither - candidateOnly * baselineOnly;
  const numerator = cross > 0 ? Math.max(0, cross - n / 2) : cross;
  return numerator / Math.sqrt(product);
}

function joinedReach(first: number, second: number, phi: number): number {
  const square = first * first - 2 * phi * first * second + second * second;
  return Math.sqrt(Math.max(0, square));
}

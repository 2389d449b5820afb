import { rank } from "./ranks.ts";
import { mannWhitneyDistribution } from "./mann_whitney_distribution.ts";
import { normalCdf } from "./special/normal.ts";

/** What the test is asked to find: the first sample's values differ, are smaller, or are larger. */
export type MannWhitneyAlternative = "different" | "less" | "greater";

/** A Mann-Whitney test. `null` is what the data do not tell. */
export interface MannWhitneyTest {
  /** Pairs of a first and a second value in which the first is larger, ties by half. */
  u: number | null;
  /** `u` over the number of pairs: how likely a first value is above a second. */
  superiority: number | null;
  /** `null` where a sample is empty or not finite; 1 where all values are tied. */
  pValue: number | null;
  /** `exact` with fewer than 50 values in each sample and no ties, as R's `wilcox.test` does. */
  method: "exact" | "normal";
}

/** Samples of this size and above are left to the normal approximation. */
const LARGE = 50;

/**
 * The Mann-Whitney test (Wilcoxon's rank sum test) of two independent samples.
 *
 * H. B. Mann and D. R. Whitney (1947), "On a test of whether one of two random variables is
 * stochastically larger than the other", Annals of Mathematical Statistics 18:50-60. The normal
 * approximation has a continuity correction and the variance corrected for ties: M. Hollander and
 * D. A. Wolfe (1999), "Nonparametric Statistical Methods", second edition, section 4.1.
 */
export function mannWhitneyTest(
  first: readonly number[],
  second: readonly number[],
  alternative: MannWhitneyAlternative = "different",
): MannWhitneyTest {
  const pairs = first.length * second.length;
  const values = [...first, ...second];
  const { ranks, ties } = rank(values);
  const small = first.length < LARGE && second.length < LARGE;
  const method = small && ties === 0 ? "exact" : "normal";
  if (pairs === 0 || !values.every(Number.isFinite)) {
    return { u: null, superiority: null, pValue: null, method };
  }
  let u = -first.length * (first.length + 1) / 2;
  for (let index = 0; index < first.length; index++) u += ranks[index] ?? 0;
  const pValue = method === "exact"
    ? exactPValue(u, first.length, second.length, alternative)
    : normalPValue(u, first.length, second.length, ties, alternative);
  return { u, superiority: u / pairs, pValue, method };
}

function exactPValue(
  u: number,
  first: number,
  second: number,
  alternative: MannWhitneyAlternative,
): number {
  const distribution = mannWhitneyDistribution(first, second);
  const atMost = sum(distribution.subarray(0, u + 1));
  const atLeast = sum(distribution.subarray(u));
  if (alternative === "less") return Math.min(1, atMost);
  if (alternative === "greater") return Math.min(1, atLeast);
  return Math.min(1, 2 * Math.min(atMost, atLeast));
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function normalPValue(
  u: number,
  first: number,
  second: number,
  ties: number,
  alternative: MannWhitneyAlternative,
): number {
  const count = first + second;
  const variance = first * second / 12 * (count + 1 - ties / (count * (count - 1)));
  // All values tied: u is what it must be, and tells nothing.
  if (variance <= 0) return 1;
  const distance = u - first * second / 2;
  const scale = Math.sqrt(variance);
  if (alternative === "less") return normalCdf((distance + 0.5) / scale);
  if (alternative === "greater") return normalCdf(-(distance - 0.5) / scale);
  return Math.min(1, 2 * normalCdf(-Math.max(0, Math.abs(distance) - 0.5) / scale));
}

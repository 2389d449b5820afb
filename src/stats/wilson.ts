import { assertPassed } from "./count.ts";
import { type Interval, Z_95 } from "./interval.ts";

/**
 * Wilson's score interval for one proportion, without continuity correction.
 *
 * It stays inside `[0, 1]`, has a width of more than zero for 0 and for all successes, and says
 * nothing at all (`[0, 1]`) of a sample of size 0.
 *
 * E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference",
 * Journal of the American Statistical Association 22:209-212.
 *
 * @param passed Number of successes, `0..total`.
 * @param total Number of trials.
 * @param z Normal quantile; 1.96 for 95 %.
 * @throws {RangeError} if the counts are not counts, or `passed` is above `total`.
 */
export function wilsonInterval(passed: number, total: number, z: number = Z_95): Interval {
  assertPassed(passed, total);
  return wilsonOfTrials(passed, total, z);
}

/**
 * Wilson's interval from trials that need not be whole, as those of dependent cases divided by the size
 * of their clusters.
 *
 * @param passed From 0 to `total`.
 * @param z Normal quantile; 1.96 for 95 %.
 */
export function wilsonOfTrials(passed: number, total: number, z: number): Interval {
  if (total === 0) return { low: 0, high: 1 };
  const zz = z * z;
  const centre = passed + zz / 2;
  const reach = z * Math.sqrt((passed * (total - passed)) / total + zz / 4);
  const scale = total + zz;
  // Exact at the ends, where the subtraction would leave a rounding error of either sign.
  const low = passed === 0 ? 0 : (centre - reach) / scale;
  const high = passed === total ? 1 : (centre + reach) / scale;
  return { low, high };
}

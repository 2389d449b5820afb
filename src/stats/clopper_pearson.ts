import { assertConfidence, assertPassed } from "./count.ts";
import { CONFIDENCE_LEVEL, type Interval } from "./interval.ts";
import { betaQuantile } from "./special/beta.ts";

/**
 * Clopper and Pearson's exact interval for one proportion: the rates that neither one-sided binomial
 * test rejects at half the error. It covers at least as often as it says, at the price of width.
 *
 * C. J. Clopper and E. S. Pearson (1934), "The use of confidence or fiducial limits illustrated in
 * the case of the binomial", Biometrika 26:404-413; by beta quantiles as in A. Agresti (2013),
 * "Categorical Data Analysis", section 16.6.1.
 *
 * @param passed Number of successes, `0..total`.
 * @param total Number of trials.
 * @returns The interval inside `[0, 1]`; all of it without trials.
 * @throws {RangeError} if the counts are not counts, `passed` is above `total`, or the confidence is
 *   not between 0 and 1.
 */
export function clopperPearsonInterval(
  passed: number,
  total: number,
  confidence: number = CONFIDENCE_LEVEL,
): Interval {
  assertPassed(passed, total);
  assertConfidence(confidence);
  const tail = (1 - confidence) / 2;
  return {
    low: passed === 0 ? 0 : betaQuantile(tail, passed, total - passed + 1),
    high: passed === total ? 1 : betaQuantile(1 - tail, passed + 1, total - passed),
  };
}

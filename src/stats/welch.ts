import { assertConfidence } from "./count.ts";
import { CONFIDENCE_LEVEL } from "./interval.ts";
import { isConstant, type Sample, summarise } from "./sample.ts";
import { studentCdf, studentQuantile } from "./special/student.ts";

/** A t-test with its interval. `null` is what the data do not tell. */
export interface TTest {
  /** The difference, first minus second (or candidate minus baseline). */
  estimate: number | null;
  low: number | null;
  high: number | null;
  t: number | null;
  /** Degrees of freedom. */
  df: number | null;
  /** Two-sided. */
  pValue: number | null;
}

/**
 * Welch's t-test of two independent samples of which neither variance need equal the other, with
 * Satterthwaite's degrees of freedom and the interval of the difference of the means.
 *
 * B. L. Welch (1947), "The generalization of Student's problem when several different population
 * variances are involved", Biometrika 34:28-35; F. E. Satterthwaite (1946), "An approximate
 * distribution of estimates of variance components", Biometrics Bulletin 2:110-114.
 *
 * Only the estimate is known where a sample has fewer than two values or neither varies.
 *
 * @throws {RangeError} if the confidence is not between 0 and 1.
 */
export function welchTest(
  first: Iterable<number>,
  second: Iterable<number>,
  confidence: number = CONFIDENCE_LEVEL,
): TTest {
  return welchOfSamples(summarise(first), summarise(second), confidence);
}

/**
 * The same from samples that are summed up. Their sizes need not be whole: those of dependent cases are
 * divided by the size of their clusters.
 *
 * @throws {RangeError} if the confidence is not between 0 and 1.
 */
export function welchOfSamples(one: Sample, other: Sample, confidence: number): TTest {
  assertConfidence(confidence);
  if (one.mean === null || other.mean === null) return tTest(null, null, null, confidence);
  const estimate = one.mean - other.mean;
  const share = varianceOfMean(one);
  const otherShare = varianceOfMean(other);
  if (share === null || otherShare === null || (isConstant(one) && isConstant(other))) {
    return tTest(estimate, null, null, confidence);
  }
  const variance = share + otherShare;
  const part = share / variance;
  const df = 1 / (part * part / (one.size - 1) + (1 - part) * (1 - part) / (other.size - 1));
  return tTest(estimate, Math.sqrt(variance), df, confidence);
}

function varianceOfMean({ size, variance }: Sample): number | null {
  return variance === null || size <= 1 ? null : variance / size;
}

/**
 * Student's test and interval of an estimate with a known standard error; `null` for what is unknown.
 *
 * @param error Standard error of the estimate, above 0.
 * @param df Degrees of freedom, above 0.
 */
export function tTest(
  estimate: number | null,
  error: number | null,
  df: number | null,
  confidence: number,
): TTest {
  const none = { estimate, low: null, high: null, t: null, df: null, pValue: null };
  if (estimate === null || error === null || df === null) return none;
  const t = estimate / error;
  const reach = studentQuantile((1 + confidence) / 2, df) * error;
  if (![t, reach, df].every(Number.isFinite)) return none;
  const pValue = Math.min(1, 2 * studentCdf(-Math.abs(t), df));
  return { estimate, low: estimate - reach, high: estimate + reach, t, df, pValue };
}

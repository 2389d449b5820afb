import { makeUnits, totalsOf } from "./bootstrap/units.ts";
import { assertConfidence } from "./count.ts";
import { CONFIDENCE_LEVEL } from "./interval.ts";
import { type TTest, tTest } from "./welch.ts";

/**
 * Student's t-test and interval of a mean difference over cases, or clusters of cases.
 *
 * "Student" (1908), "The probable error of a mean", Biometrika 6:1-25. With clusters, the standard
 * error is that of the ratio estimator, total difference over total cases: W. G. Cochran (1977),
 * "Sampling Techniques", section 9A.2, with clusters less one as the degrees of freedom; for
 * clusters of one case each it is Student's own.
 *
 * Only the estimate is known with fewer than two cases or clusters, or where none differs from the
 * others.
 *
 * @param differences Candidate minus baseline, one number a case.
 * @param clusters The cluster of each case, `0..k-1`; without it cases are independent.
 * @throws {RangeError} if the lengths differ, or the confidence is not between 0 and 1.
 */
export function pairedTTest(
  differences: Float64Array,
  options: { clusters?: Uint32Array; confidence?: number } = {},
): TTest {
  const confidence = options.confidence ?? CONFIDENCE_LEVEL;
  assertConfidence(confidence);
  const units = makeUnits([differences], options.clusters);
  const [total = NaN, cases = NaN] = totalsOf(units);
  const mean = total / cases;
  if (!Number.isFinite(mean)) return tTest(null, null, null, confidence);
  const [sums = NONE, sizes = NONE] = units.columns;
  let squares = 0;
  for (let unit = 0; unit < units.count; unit++) {
    const residual = (sums[unit] ?? 0) - mean * (sizes[unit] ?? 0);
    squares += residual * residual;
  }
  const df = units.count - 1;
  const error = Math.sqrt(units.count / df * squares) / cases;
  const varies = error > ROUNDING * Math.abs(mean);
  return tTest(mean, df > 0 && varies ? error : null, df, confidence);
}

const NONE = new Float64Array(0);

/** A spread this small against the mean is the rounding of equal numbers. */
const ROUNDING = 1e-14;

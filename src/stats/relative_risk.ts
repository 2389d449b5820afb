import { assertPassed } from "./count.ts";
import { Z_95 } from "./interval.ts";
import type { Share } from "./share.ts";
import { exp, ln } from "./special/log_exp.ts";

/** How many times as often one sample passes as the other. */
export interface RelativeRisk {
  /** First rate over second; `null` where a sample is empty or nothing of the second passed. */
  estimate: number | null;
  /** At least 0; `null` where a sample is empty. */
  low: number | null;
  /** `null` where a sample is empty or nothing of the second passed: there is no limit. */
  high: number | null;
}

/**
 * The ratio of two independent proportions, first over second, with the interval that is symmetric
 * on the scale of logarithms.
 *
 * D. Katz, J. Baptista, S. P. Azen and M. C. Pike (1978), "Obtaining confidence intervals for the risk
 * ratio in cohort studies", Biometrics 34:469-474, method C.
 *
 * Continuity rule: where nothing of a sample passed, or all of both did, a half is added to each of
 * the four cells for the interval (not for the estimate), as its variance would be infinite or 0. If
 * nothing of the first passed the lower bound is 0, as the estimate is; if nothing of the second did
 * there is no upper bound.
 *
 * @param z Normal quantile; 1.96 for 95 %.
 * @throws {RangeError} if the counts are not counts, or more passed than there are.
 */
export function relativeRisk(first: Share, second: Share, z: number = Z_95): RelativeRisk {
  assertPassed(first.passed, first.total);
  assertPassed(second.passed, second.total);
  if (first.total === 0 || second.total === 0) return { estimate: null, low: null, high: null };
  const allPassed = first.passed === first.total && second.passed === second.total;
  const corrected = first.passed === 0 || second.passed === 0 || allPassed;
  const one = corrected ? withHalves(first) : first;
  const other = corrected ? withHalves(second) : second;
  const centre = ln(one.passed / one.total / (other.passed / other.total));
  const reach = z * Math.sqrt(logVariance(one) + logVariance(other));
  const estimate = first.passed / first.total / (second.passed / second.total);
  return {
    estimate: second.passed === 0 ? null : estimate,
    low: first.passed === 0 ? 0 : exp(centre - reach),
    high: second.passed === 0 ? null : exp(centre + reach),
  };
}

function withHalves({ passed, total }: Share): Share {
  return { passed: passed + 0.5, total: total + 1 };
}

function logVariance({ passed, total }: Share): number {
  return 1 / passed - 1 / total;
}

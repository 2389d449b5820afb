import { assertConfidence, assertPassed } from "../count.ts";
import { CONFIDENCE_LEVEL } from "../interval.ts";
import type { Share } from "../share.ts";
import { jeffreysPosterior, type Posterior, posteriorCdf, relativeDensity } from "./posterior.ts";
import { integrate } from "./quadrature.ts";

/** What is believed of the difference of two rates after a sample of each, candidate minus baseline. */
export interface BayesianDifference {
  /** Mean of the difference; `null` where a sample is empty. */
  estimate: number | null;
  /** The credible interval, with as much probability below as above; all of `[-1, 1]` without data. */
  low: number;
  high: number;
  /** Probability that the candidate's rate is the higher; `null` where a sample is empty. */
  probabilityBetter: number | null;
}

/**
 * The Bayesian difference of two independent rates under Jeffreys' priors.
 *
 * Its distribution function is `P(C - B <= d)`, the integral over `y` of the baseline's density at
 * `y` times the candidate's distribution function at `y + d`: A. Agresti and Y. Min (2005),
 * "Frequentist performance of Bayesian confidence intervals for comparing proportions in 2 x 2
 * contingency tables", Biometrics 61:515-523, section 2. The integral is by quadrature and its
 * quantiles by bisection: nothing is sampled.
 *
 * @throws {RangeError} if the counts are not counts, more passed than there are, or the confidence is
 *   not between 0 and 1.
 */
export function jeffreysDifference(
  candidate: Share,
  baseline: Share,
  confidence: number = CONFIDENCE_LEVEL,
): BayesianDifference {
  assertPassed(candidate.passed, candidate.total);
  assertPassed(baseline.passed, baseline.total);
  assertConfidence(confidence);
  if (candidate.total === 0 || baseline.total === 0) {
    return { estimate: null, low: -1, high: 1, probabilityBetter: null };
  }
  // Numbers near 0 have more digits than numbers near 1: where most pass, failures are compared.
  if (2 * baseline.passed > baseline.total) {
    const { estimate, low, high, below } = compare(
      failures(candidate),
      failures(baseline),
      confidence,
    );
    return { estimate: 0 - estimate, low: -high, high: -low, probabilityBetter: below };
  }
  const { estimate, low, high, below } = compare(candidate, baseline, confidence);
  return { estimate, low, high, probabilityBetter: 1 - below };
}

function failures({ passed, total }: Share): Share {
  return { passed: total - passed, total };
}

/** The difference of two rates, first minus second, and the probability that it is below 0. */
function compare(first: Share, second: Share, confidence: number) {
  const one = jeffreysPosterior(first);
  const other = jeffreysPosterior(second);
  const cdf = differenceCdf(one, other);
  const tail = (1 - confidence) / 2;
  const least = one.least - other.most;
  const most = one.most - other.least;
  return {
    estimate: one.mean - other.mean,
    low: quantile(cdf, tail, least, most),
    high: quantile(cdf, 1 - tail, least, most),
    below: Math.min(1, Math.max(0, cdf(0))),
  };
}

/** The distribution function of the first rate less the second, which is at most a half or so. */
function differenceCdf(first: Posterior, second: Posterior): (d: number) => number {
  const { least, most } = second;
  const own = bendsOf(second);
  const constant = integrate((y) => relativeDensity(second, y), own);
  return (d) => {
    // The integrand bends where the first distribution function rises from 0 to 1 as well.
    const inside = bendsOf(first).map((at) => Math.min(most, Math.max(least, at - d)));
    const ends = [...own, ...inside].sort((a, b) => a - b);
    const f = (y: number) => relativeDensity(second, y) * posteriorCdf(first, y + d);
    return integrate(f, ends) / constant;
  };
}

/** Where to cut a posterior's range so that each piece is smooth enough for one quadrature rule. */
function bendsOf({ least, mean, most }: Posterior): number[] {
  return [least, (least + mean) / 2, mean, (mean + most) / 2, most];
}

/** Narrower than this the bounds differ by less than the quadrature's own error. */
const PRECISION = 1e-13;

function quantile(
  cdf: (d: number) => number,
  p: number,
  first: number,
  last: number,
): number {
  let low = first;
  let high = last;
  while (high - low > PRECISION) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (cdf(middle) < p) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}

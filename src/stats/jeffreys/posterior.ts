import type { Share } from "../share.ts";
import { betaCdf, betaQuantile } from "../special/beta.ts";
import { exp, ln, log1p } from "../special/log_exp.ts";

/** What is known of a rate after a sample: a beta distribution. */
export interface Posterior {
  alpha: number;
  beta: number;
  mean: number;
  /** Below and above these lies less than one part in 10^14. */
  least: number;
  most: number;
}

/** Probability left out on either side of the range that is integrated over. */
const TAIL = 1e-15;

/**
 * The posterior of a rate under Jeffreys' prior, the beta distribution with both shapes one half.
 *
 * H. Jeffreys (1946), "An invariant form for the prior probability in estimation problems",
 * Proceedings of the Royal Society A 186:453-461.
 */
export function jeffreysPosterior({ passed, total }: Share): Posterior {
  const alpha = passed + 0.5;
  const beta = total - passed + 0.5;
  return {
    alpha,
    beta,
    mean: alpha / (alpha + beta),
    least: betaQuantile(TAIL, alpha, beta),
    most: 1 - betaQuantile(TAIL, beta, alpha),
  };
}

/** Probability that the rate is at most `x`. */
export function posteriorCdf({ alpha, beta }: Posterior, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  return betaCdf(x, alpha, beta);
}

/**
 * The density at `x`, times an unknown constant: relative to what it is at the mean, so that large
 * samples lose no digits.
 *
 * @param x Above 0, and below 1 where `beta` is below 1.
 */
export function relativeDensity({ alpha, beta, mean }: Posterior, x: number): number {
  const distance = x - mean;
  // Near 0 the distance has lost the digits of x; near the mean it has them and the quotient has not.
  const rise = x < mean / 2 ? ln(x / mean) : log1p(distance / mean);
  return exp((alpha - 1) * rise + (beta - 1) * log1p(-distance / (1 - mean)));
}

import { betaCdf } from "./beta.ts";
import { logGamma } from "./gamma.ts";
import { exp } from "./log_exp.ts";

/**
 * Probability of at most `successes` in `trials` independent trials.
 *
 * By the regularised incomplete beta function: `P(X <= k) = I(1 - p; n - k, k + 1)`, as in NIST's
 * Digital Library of Mathematical Functions, equation 8.17.5.
 *
 * @param successes A whole number; below 0 gives 0, `trials` or more gives 1.
 * @param trials A whole number of at least 0.
 * @param p Probability of a success, in `[0, 1]`.
 */
export function binomialCdf(successes: number, trials: number, p: number): number {
  if (successes < 0) return 0;
  if (successes >= trials) return 1;
  if (p === 0) return 1;
  if (p === 1) return 0;
  return betaCdf(1 - p, trials - successes, successes + 1);
}

/**
 * Probability of exactly `successes` in `trials` independent trials, each as likely to succeed as to
 * fail.
 *
 * @param successes A whole number in `0..trials`.
 */
export function fairBinomialPmf(successes: number, trials: number): number {
  const ways = logGamma(trials + 1) - logGamma(successes + 1) - logGamma(trials - successes + 1);
  return exp(ways - trials * LN_2);
}

/** The natural logarithm of 2. */
const LN_2 = 0.6931471805599453;

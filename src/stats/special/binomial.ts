import { betaCdf } from "./beta.ts";

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

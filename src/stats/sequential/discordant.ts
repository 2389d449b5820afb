import type { PairedTable } from "../paired_table.ts";
import { betaCdf } from "../special/beta.ts";
import { logGamma } from "../special/gamma.ts";
import { ln } from "../special/log_exp.ts";
import { betsOn, type EValue, eValueFromLog, type Side } from "./e_value.ts";

/**
 * Evidence that one arm is better than the other at all, from the pairs that disagree, which may be
 * looked at after every case: McNemar's exact test made anytime-valid.
 *
 * With `side` "greater" the hypothesis is `difference <= 0`, with "less" it is `difference >= 0`.
 * Under it a pair that disagrees speaks for `side` with a probability `p` of at most 1/2; the e-value
 * is the likelihood under Jeffreys' prior for `p` cut to `p > 1/2`, over that under `p = 1/2` (J. Ville
 * 1939; H. Robbins 1970, "Statistical methods related to the law of the iterated logarithm", Annals
 * of Mathematical Statistics 41:1397-1409).
 *
 * It is the game of `eValueAgainst` at a difference of 0 with another mixture: where one side wins 70 %
 * to 95 % of the pairs that disagree, it decides after 3 % to 9 % fewer of them. There is no margin to
 * it.
 *
 * @throws {RangeError} if a cell is not a count.
 */
export function discordantEValue(table: PairedTable, side: Side): EValue {
  const { won, lost } = betsOn(side, table);
  return eValueFromLog(logBetaMixture(won, lost));
}

/** Logarithm of the beta function at (1/2, 1/2), which is pi. */
const LOG_PI = 1.1447298858494002;

/** `ln` of `2^n / (pi / 2)` times the integral of `p^(won - 1/2) (1 - p)^(lost - 1/2)` over p > 1/2. */
function logBetaMixture(won: number, lost: number): number {
  const n = won + lost;
  if (n === 0) return 0;
  const upperHalf = betaCdf(0.5, lost + 0.5, won + 0.5);
  // So far down the integrand falls off from p = 1/2 like exp(-2 (lost - won) (p - 1/2) ...).
  if (upperHalf === 0) return ln(2 / (lost - won)) - LOG_PI;
  const logBeta = logGamma(won + 0.5) + logGamma(lost + 0.5) - logGamma(n + 1);
  return (n + 1) * Math.LN2 + logBeta - LOG_PI + ln(upperHalf);
}

import type { PairedTable } from "../paired_table.ts";
import { ln, log1p } from "../special/log_exp.ts";
import { betsOn, type EValue, eValueFromLog, logSumExp, type Side } from "./e_value.ts";

/**
 * The stakes that are mixed and their shares of the starting capital, which sum up to 1.
 *
 * A stake is the part of the capital that one case can take away. Small stakes grow best where many
 * pairs disagree and the margin is small, large ones where pairs hardly ever disagree; the stake of
 * 1 doubles with each pair that speaks against "no difference" and is lost with the first that does
 * not. The shares are those of the arcsine density (weight 0.7, it is Jeffreys' prior for the rate),
 * of a density that is even on the log scale down to 1/1024 (0.1) and of the stake 1 itself (0.2).
 * How this compares with other mixtures is in docs/sequential.md.
 * H. Robbins (1970), "Statistical methods related to the law of the iterated logarithm", Annals of
 * Mathematical Statistics 41:1397-1409, is where mixing over what is not known comes from.
 */
const STAKES: readonly (readonly [stake: number, share: number])[] = [
  [1, 0.2],
  [0.97, 0.117],
  [0.86, 0.098],
  [0.7, 0.095],
  [0.5, 0.088],
  [0.34, 0.073],
  [0.22, 0.06],
  [0.14, 0.047],
  [0.09, 0.039],
  [0.056, 0.033],
  [0.035, 0.027],
  [0.022, 0.024],
  [0.013, 0.023],
  [0.007, 0.022],
  [0.0035, 0.021],
  [0.0015, 0.033],
];

const stakes = Float64Array.from(STAKES, ([stake]) => stake);
const logShares = Float64Array.from(STAKES, ([, share]) => ln(share));
const logLosses = Float64Array.from(STAKES, ([stake]) => log1p(-stake));

/**
 * Evidence against a hypothesis about the difference of the pass rates (candidate minus baseline)
 * that may be looked at after every case.
 *
 * With `side` "greater" the hypothesis is `difference <= d`, with "less" it is `difference >= d`.
 * Each case is a bet at odds that are fair under `d`: with the stake `u` the capital is multiplied
 * by `1 + u s` for a pair that speaks against the hypothesis, by `1 + u (s - 1) / 2` for one that
 * agrees and by `1 - u` for one that speaks for it, `s = (1 - d) / (1 + d)`. That is
 * `1 + lambda (X - m)` of I. Waudby-Smith and A. Ramdas (2024), "Estimating means of bounded random
 * variables by betting", Journal of the Royal Statistical Society B 86:1-27, equation 24, with
 * `X = (Z + 1) / 2`, `m = (1 + d) / 2` and `lambda = u / m`. On three values no test martingale
 * bets otherwise, so nothing is lost but by the choice of the stakes, which are mixed. The result
 * depends on the counts alone: cases may come in any order.
 *
 * Take this one where the hypothesis has a margin; at a difference of 0 there is
 * {@linkcode discordantEValue} as well.
 *
 * @param difference The hypothesis's bound, inside `(-1, 1)`.
 * @throws {RangeError} if a cell is not a count, or `difference` is out of range.
 */
export function eValueAgainst(table: PairedTable, difference: number, side: Side): EValue {
  if (!(difference > -1 && difference < 1)) {
    throw new RangeError(
      "Cannot use difference as it must be between -1 and 1, both excluded: current value is " +
        difference,
    );
  }
  const { won, lost, tied } = betsOn(side, table);
  return eValueFromLog(logCapital(won, lost, tied, side === "greater" ? difference : -difference));
}

/**
 * The natural logarithm of the mixed capital after bets against `difference <= bound`. It falls as
 * `bound` rises, as each stake's does.
 *
 * @param bound Above -1; at 1 or more every pair that wins is impossible under the hypothesis.
 */
export function logCapital(won: number, lost: number, tied: number, bound: number): number {
  if (won + lost + tied === 0) return 0;
  const odds = (1 - bound) / (1 + bound);
  for (let index = 0; index < stakes.length; index++) {
    const stake = stakes[index] ?? 0;
    let sum = logShares[index] ?? 0;
    // No multiplication by a count of 0: the logarithm may be infinite.
    if (won > 0) sum += won * log1p(stake * odds);
    if (tied > 0) sum += tied * log1p((stake * (odds - 1)) / 2);
    if (lost > 0) sum += lost * (logLosses[index] ?? 0);
    terms[index] = sum;
  }
  return logSumExp(terms);
}

/** Overwritten by each call of `logCapital`: an own array for each would take longer than the rest. */
const terms = new Float64Array(STAKES.length);

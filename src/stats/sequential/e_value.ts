import { type PairedTable, tableTotal } from "../paired_table.ts";
import { exp, ln } from "../special/log_exp.ts";

/** Which way the difference (candidate minus baseline) lies off the hypothesis, if it is wrong. */
export type Side = "greater" | "less";

/**
 * Evidence against a hypothesis that may be looked at after every case.
 *
 * An e-value is a capital that starts at 1 and has an expectation of at most 1 whenever one stops, if
 * the hypothesis holds; so it exceeds `1 / alpha` at any time at all with probability `alpha` at most
 * (J. Ville 1939). G. Shafer (2021), "Testing by betting", Journal of the Royal Statistical Society A
 * 184:407-431; A. Ramdas, P. Grünwald, V. Vovk and G. Shafer (2023), "Game-theoretic statistics and
 * safe anytime-valid inference", Statistical Science 38:576-601.
 */
export interface EValue {
  /** The natural logarithm of the e-value: 0 without cases, finite for every table. */
  log: number;
  /** The anytime-valid p-value `min(1, 1 / e)`: reject at level `alpha` when it is at most `alpha`. */
  pValue: number;
}

/** An e-value from its logarithm. */
export function eValueFromLog(log: number): EValue {
  return { log, pValue: log <= 0 ? 1 : exp(-log) };
}

/** Counts seen from the side of the bet: `won` speaks against the hypothesis, `lost` for it. */
export interface Bets {
  won: number;
  lost: number;
  tied: number;
}

/**
 * The table's counts for a bet on `side`.
 *
 * @throws {RangeError} if a cell is not a count.
 */
export function betsOn(side: Side, table: PairedTable): Bets {
  const tied = tableTotal(table) - table.candidateOnly - table.baselineOnly;
  if (side === "greater") return { won: table.candidateOnly, lost: table.baselineOnly, tied };
  return { won: table.baselineOnly, lost: table.candidateOnly, tied };
}

/** `ln(sum of exp(terms))` without overflow; at least one term has to be finite. */
export function logSumExp(terms: Float64Array): number {
  let largest = -Infinity;
  for (const term of terms) if (term > largest) largest = term;
  let sum = 0;
  for (const term of terms) sum += exp(term - largest);
  return largest + ln(sum);
}

import { type PairedTable, tableTotal } from "./paired_table.ts";
import { binomialCdf, fairBinomialPmf } from "./special/binomial.ts";

/** What McNemar's test is asked to find: either arm better, or one of the two. */
export type McNemarAlternative = "different" | "candidateWorse" | "candidateBetter";

/** A p-value of McNemar's test, and its less conservative twin. In `[0, 1]`. */
export interface McNemarTest {
  /** The exact conditional p-value: never rejects more often than the level says. */
  exact: number;
  /** The mid-p value, which counts the observed table by half: close to the level on average. */
  midP: number;
}

/**
 * McNemar's test of equal pass rates from paired cases: under it, each discordant pair is as likely
 * to favour either arm, so their split is binomial with one half.
 *
 * Q. McNemar (1947), "Note on the sampling error of the difference between correlated proportions or
 * percentages", Psychometrika 12:153-157; the exact and mid-p forms: M. W. Fagerland, S. Lydersen and
 * P. Laake (2013), "The McNemar test for binary matched-pairs data: mid-p and asymptotic are better
 * than exact conditional", BMC Medical Research Methodology 13:91.
 *
 * Without discordant pairs there is no evidence of any difference: both values are 1.
 *
 * @throws {RangeError} if a cell is not a count.
 */
export function mcnemarTest(
  table: PairedTable,
  alternative: McNemarAlternative = "different",
): McNemarTest {
  tableTotal(table);
  const { candidateOnly, baselineOnly } = table;
  const discordant = candidateOnly + baselineOnly;
  if (discordant === 0) return { exact: 1, midP: 1 };
  if (alternative === "different") {
    return twoSided(Math.min(candidateOnly, baselineOnly), discordant);
  }
  // The arm that would be better keeps few losses: at most as many as were seen.
  const losses = alternative === "candidateWorse" ? candidateOnly : baselineOnly;
  const exact = binomialCdf(losses, discordant, 0.5);
  return { exact, midP: exact - fairBinomialPmf(losses, discordant) / 2 };
}

/** The rarer side's tail twice; at an even split all tables are at least as extreme. */
function twoSided(rarer: number, discordant: number): McNemarTest {
  const observed = fairBinomialPmf(rarer, discordant);
  if (2 * rarer === discordant) return { exact: 1, midP: 1 - observed / 2 };
  const exact = Math.min(1, 2 * binomialCdf(rarer, discordant, 0.5));
  return { exact, midP: exact - observed };
}

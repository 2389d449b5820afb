import { cautiousDesignEffect, type ClusterSums } from "./design_effect.ts";
import { type Interval, Z_95 } from "./interval.ts";
import { type PairedTable, tableTotal } from "./paired_table.ts";
import { tangoOfPairs } from "./tango.ts";

/** The difference of the arms' pass rates over clusters of cases, with its interval. */
export interface ClusteredDifference extends Interval {
  /** Candidate's pass rate minus the baseline's; `null` where no case was judged. */
  estimate: number | null;
  /** How many times fewer independent cases there are than cases; at least 1. */
  designEffect: number;
  method: "tango-1998-rao-scott-1992";
}

/**
 * Estimates the difference of the pass rates from cases that depend on each other within clusters:
 * the table is divided by its design effect, cautiously estimated, and Tango's interval is taken of what
 * remains.
 *
 * J. N. K. Rao and A. J. Scott (1992), "A simple method for the analysis of clustered binary data",
 * Biometrics 48:577-585, section 2: counts over the design effect are treated as binomial ones.
 *
 * @returns The interval inside `[-1, 1]`; all of it for a table without cases.
 * @throws {RangeError} as {@linkcode cautiousDesignEffect} does.
 */
export function clusteredDifference(
  table: PairedTable,
  clusters: ClusterSums,
  z: number = Z_95,
): ClusteredDifference {
  const cases = tableTotal(table);
  const effect = cautiousDesignEffect(table, clusters);
  const { candidateOnly, baselineOnly } = table;
  const { low, high } = tangoOfPairs(
    candidateOnly / effect,
    baselineOnly / effect,
    cases / effect,
    z,
  );
  const estimate = cases === 0 ? null : (candidateOnly - baselineOnly) / cases;
  return { estimate, low, high, designEffect: effect, method: "tango-1998-rao-scott-1992" };
}

import type { Estimate } from "../gate/evidence.ts";
import { percentile } from "../stats/bootstrap/percentile.ts";
import { ratioOfTotals } from "../stats/ratio.ts";
import type { ArmColumns } from "./case_columns.ts";

/** What all measurements of a run have in common. */
export interface Measuring {
  /** Seed of the run, from which resampling starts. */
  seed: number;
  confidence: number;
  /** The cluster of each case, from 0; left out where each case stands for itself. */
  clusters?: Uint32Array;
}

/** Enough for a percentile interval of what hardly varies; a run's start-up should not pay for more. */
const COST_RESAMPLES = 2000;
const LEAST_RESAMPLES = 1000;
/** Resamples that must lie beyond either bound, so that there is something to read it from. */
const LEAST_BEYOND = 2;
const MOST_DRAWS = 100_000_000;

/**
 * How often cases are resampled for one interval: as often as wanted, and less often where there are so
 * many cases that it would take seconds. The more cases, the less a bound's error from resampling matters.
 */
export function resamplesFor(cases: number, wanted: number, confidence: number): number {
  const affordable = Math.floor(MOST_DRAWS / Math.max(1, cases));
  const least = Math.max(LEAST_RESAMPLES, Math.ceil(2 * LEAST_BEYOND / (1 - confidence)));
  return Math.max(least, Math.min(wanted, affordable));
}

/**
 * Fewest cases, or clusters, of which a bootstrap interval is believed. Of two clusters it errs on a side
 * in 25 % of runs, of five in 7 %, of ten in 5 %, where 2.5 % are promised (docs/statistics.md).
 */
export const LEAST_UNITS = 10;

/**
 * A bootstrap's answer without bounds where it rests on too few cases or clusters. What is the same in
 * every case is no matter of resampling: it stays.
 */
export function believed(found: Estimate, cases: number, { clusters }: Measuring): Estimate {
  const { estimate, low, high, method } = found;
  const units = clusters === undefined ? cases : new Set(clusters).size;
  if (units >= LEAST_UNITS || low === high) return { estimate, low, high, method };
  return { estimate, low: null, high: null, method };
}

/**
 * The candidate's cost over the baseline's for the same cases. One ratio common to all cases is exact:
 * fuel has no noise.
 */
export function measureCost({ baseline, candidate }: ArmColumns, measuring: Measuring): Estimate {
  const cases = baseline.view().length;
  const ratio = ratioOfTotals({
    ...measuring,
    baseline: baseline.view(),
    candidate: candidate.view(),
    method: percentile,
    whenConstant: "exact",
    resamples: resamplesFor(cases, COST_RESAMPLES, measuring.confidence),
  });
  return believed(ratio, cases, measuring);
}

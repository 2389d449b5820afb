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
 * The candidate's cost over the baseline's for the same cases. One ratio common to all cases is exact:
 * fuel has no noise.
 */
export function measureCost({ baseline, candidate }: ArmColumns, measuring: Measuring): Estimate {
  const { estimate, low, high, method } = ratioOfTotals({
    ...measuring,
    baseline: baseline.view(),
    candidate: candidate.view(),
    method: percentile,
    whenConstant: "exact",
    resamples: resamplesFor(baseline.view().length, COST_RESAMPLES, measuring.confidence),
  });
  return { estimate, low, high, method };
}

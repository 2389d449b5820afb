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

const MOST_RESAMPLES = 10_000;
const LEAST_RESAMPLES = 1000;
const MOST_DRAWS = 200_000_000;

/**
 * How often cases are resampled for one interval: ten thousand times, and less often where there are so
 * many cases that it would take seconds. A bound's own error from resampling shrinks with the number of
 * resamples, and the interval's width with that of the cases.
 */
export function resamplesFor(cases: number): number {
  const affordable = Math.floor(MOST_DRAWS / Math.max(1, cases));
  return Math.max(LEAST_RESAMPLES, Math.min(MOST_RESAMPLES, affordable));
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
    resamples: resamplesFor(baseline.view().length),
  });
  return { estimate, low, high, method };
}

import type { Interval } from "../interval.ts";

/** What a bootstrap method has to make an interval of. */
export interface BootstrapEvidence {
  /** The statistic of the data themselves; finite. */
  estimate: number;
  /** The statistic of each resample, ascending; all finite. */
  ascending: Float64Array;
  /** The confidence level, between 0 and 1. */
  confidence: number;
  /**
   * The statistic without each unit in turn, or `null` where one of them is not finite. Costs one
   * call of the statistic a unit, so it is computed when a method asks for it.
   */
  jackknife: () => Float64Array | null;
}

/** A way to turn replicates into an interval. */
export interface BootstrapMethod {
  name: "percentile" | "basic" | "bca";
  /** The interval; `null` where the method has none. */
  interval: (evidence: BootstrapEvidence) => Interval | null;
}

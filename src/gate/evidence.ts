import type { PairedTable } from "../stats/paired_table.ts";

/** A figure with its interval. `null` where the run says nothing of it: never `NaN`, never infinite. */
export interface Estimate {
  estimate: number | null;
  low: number | null;
  high: number | null;
  /** How the interval was made, such as `bootstrap-bca`. */
  method: string;
}

/** The direction in which a metric is better. */
export type Direction = "higher" | "lower";

/** One of the task's metrics over the cases in which both arms have a value. */
export interface MetricEvidence {
  name: string;
  kind: "mean" | "sum";
  direction: Direction;
  /** Cases in which both arms have a value. */
  cases: number;
  /** Judged cases in which the baseline has a value and the candidate none, which may be its worst. */
  missing: number;
  /**
   * The metric for each arm; `null` without cases. Where the baseline passes and the candidate does not,
   * the candidate is credited with no better than the baseline's value: a wrong answer is no gain.
   */
  baseline: number | null;
  candidate: number | null;
  /** Candidate minus baseline. */
  difference: Estimate;
  /** Largest minus smallest mean over the task's groups; `null` where the task has no groups. */
  gap: { baseline: Estimate; candidate: Estimate } | null;
}

/** One relation over the cases in which it was checked on both arms. */
export interface RelationEvidence {
  name: string;
  /** How much the relation counts against the others, above 0; 1 by default. */
  weight: number;
  table: PairedTable;
  /** Cases in which it held on the baseline, and a failure of the candidate kept it from being checked. */
  missing: number;
  /** By how much the table's difference varies more than that of independent cases; at least 1. */
  designEffect: number;
}

/** How dependent cases were grouped by the task's `cluster`. */
export interface ClusterEvidence {
  count: number;
  /** By how much the variance of the paired difference exceeds that of independent cases; at least 1. */
  designEffect: number;
  /** The size of the cluster that a case is in, on average over cases; at least 1. */
  size: number;
}

/** An alert that a monitor raised. */
export interface Alert {
  monitor: string;
  severity: "info" | "warning" | "critical";
  message: string;
}

/**
 * What a run found out, as far as the gate looks at it: counts, and figures that were measured with the
 * policy's confidence level. A rule computes nothing else, so that no two figures can contradict each
 * other.
 */
export interface Evidence {
  /** Cases that the run was asked for. */
  requested: number;
  /** Where the run ended early because a sequential policy was decided: the cases that it ran. */
  stopped?: { after: number };
  /** Cases that could not be judged. */
  invalid: number;
  /** The judged cases, by which arm passed. */
  table: PairedTable;
  /** Index of the first case that the baseline passes and the candidate fails. */
  firstRegression?: number;
  /** `null` where the task names no clusters: each case stands for itself. */
  clusters: ClusterEvidence | null;
  /** Judged cases with at least one broken hard property or relation, or a failed call. */
  hardViolations: { baseline: number; candidate: number };
  relations: RelationEvidence[];
  metrics: MetricEvidence[];
  /** Candidate over baseline, same cases: total fuel, and mean peak memory. */
  cost: { fuel: Estimate; memory: Estimate };
  /**
   * Cases whose outcome changed when they were repeated with other isolate seeds; `null` where each
   * case ran once.
   */
  unstable: { baseline: number; candidate: number } | null;
  /** `null` where no monitor watched the run. */
  alerts: Alert[] | null;
}

/** What can be known of a run before its end, cheap enough to be looked at after every case. */
export interface InterimEvidence {
  requested: number;
  /** Cases so far, judged or not. */
  done: number;
  invalid: number;
  table: PairedTable;
  firstRegression?: number;
  hardViolations: { baseline: number; candidate: number };
}

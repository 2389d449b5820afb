/** How a difference is judged: not worse by more than the margin, or better by more than it. */
export const DIFFERENCE_KINDS = ["noninferiority", "superiority"] as const;

/** One of {@linkcode DIFFERENCE_KINDS}. */
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** What must hold of the difference of the pass rates, candidate minus baseline. */
export interface DifferenceRequirement {
  kind: DifferenceKind;
  /**
   * Noninferiority: by how much the candidate may be worse. Superiority: by how much it must be
   * better. From 0 to below 1: 0.01 is one point in a hundred.
   */
  margin: number;
}

/** A cap on a number of cases: the number itself, or its share of the judged cases (0 to 1). */
export type Cap = { cases: number } | { rate: number };

/** What must hold of one of the task's metrics. */
export interface MetricRequirement {
  /** `reported` judges no difference: for a metric of which only the gap between groups counts. */
  kind: DifferenceKind | "reported";
  /** As for the pass rates, in the metric's own unit and in its direction: at least 0. */
  margin: number;
  /** Most that the candidate's means may differ between the task's groups; `null`: not limited. */
  maxGap: number | null;
}

/** Ways to correct for testing several relations at once. */
export const MULTIPLICITY_METHODS = ["holm", "hochberg", "bh", "none"] as const;

/** One of {@linkcode MULTIPLICITY_METHODS}. */
export type MultiplicityMethod = (typeof MULTIPLICITY_METHODS)[number];

/** How grave a monitor's alert is, least first. */
export const SEVERITIES = ["info", "warning", "critical"] as const;

/** One of {@linkcode SEVERITIES}. */
export type Severity = (typeof SEVERITIES)[number];

/** Tests that look at fixed shares of the cases asked for. */
export const GROUP_SEQUENTIAL_METHODS = ["obrien-fleming", "pocock"] as const;

/** One of {@linkcode GROUP_SEQUENTIAL_METHODS}. */
export type GroupSequentialMethod = (typeof GROUP_SEQUENTIAL_METHODS)[number];

/** How a run may be looked at before its end, and stopped. */
export type Sequential =
  | { method: "always-valid" }
  | { method: GroupSequentialMethod; looks: number };

/** What a candidate must show to be adopted: plain data, complete, as a report holds it. */
export interface Policy {
  /** Confidence level of every two-sided interval, such as 0.95. */
  confidence: number;
  /** Fewest judged cases on which a verdict may rest. */
  minimumCases: number;
  /**
   * Least share of the judged cases that the baseline passes, 0 to 1. Where it passes less, more likely
   * the task or the baseline is at fault than the candidate right.
   */
  baselinePassRate: number;
  /** Most cases that the baseline passes and the candidate fails; `null`: not limited. */
  regressions: number | null;
  /** Most cases in which the candidate breaks a hard property or fails; `null`: not limited. */
  hardViolations: Cap | null;
  /** The candidate's least acceptable pass rate; `null`: any. */
  passRate: number | null;
  difference: DifferenceRequirement;
  /** By the metric's name. The others follow `otherMetrics`. */
  metrics: Record<string, MetricRequirement>;
  /** For metrics that `metrics` does not name; `null`: they are reported only. */
  otherMetrics: MetricRequirement | null;
  /** Most that the candidate's cost may be of the baseline's, as a ratio; `null`: not limited. */
  cost: { fuel: number | null; memory: number | null };
  /** `null`: relations count as parts of their cases only. */
  relations: { method: MultiplicityMethod; alpha: number } | null;
  monitors: { rejectAt: Severity | null };
  /** Most cases of the candidate whose outcome may change when repeated; `null`: not looked at. */
  unstable: Cap | null;
  /** `null`: the run never ends before its last case. */
  sequential: Sequential | null;
}

/** Noninferiority with margin 0 and no regression: an equivalent candidate is adopted. */
export const DEFAULT_POLICY: Readonly<Policy> = Object.freeze<Policy>({
  confidence: 0.95,
  minimumCases: 10,
  baselinePassRate: 0.5,
  regressions: 0,
  hardViolations: null,
  passRate: null,
  difference: { kind: "noninferiority", margin: 0 },
  metrics: {},
  otherMetrics: null,
  cost: { fuel: null, memory: null },
  relations: null,
  monitors: { rejectAt: null },
  unstable: null,
  sequential: null,
});

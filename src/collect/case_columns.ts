import type { Arm, JudgedCase } from "../evaluate/case_result.ts";
import type { MetricDescription } from "../evaluate/task_description.ts";
import { GrowingNumbers } from "./growing_numbers.ts";
import { Labels } from "./labels.ts";

/** One number of each arm a case; the same place is the same case. */
export type ArmColumns = Record<Arm, GrowingNumbers>;

/**
 * The numbers of a run that intervals are made from: one row a judged case, in index order. What else a
 * case result holds is summed up and let go.
 */
export class CaseColumns {
  readonly fuel = armColumns();
  /** Peak bytes of guest memory. */
  readonly memory = armColumns();
  /** By metric, in the task's order; `NaN` where there is no value. */
  readonly metrics: ArmColumns[];
  /** The candidate's metrics as they count against the baseline's: a wrong answer is no gain. */
  readonly credited: GrowingNumbers[];
  /** Candidate passed minus baseline passed: -1, 0 or 1. */
  readonly differences = new GrowingNumbers();
  readonly clusters = new GrowingNumbers();
  readonly clusterLabels = new Labels();
  readonly groups = new GrowingNumbers();
  readonly groupLabels = new Labels();

  readonly #described: readonly MetricDescription[];

  constructor(metrics: readonly MetricDescription[]) {
    this.#described = metrics;
    this.metrics = metrics.map(armColumns);
    this.credited = metrics.map(() => new GrowingNumbers());
  }

  /** Appends a case. */
  add({ arms, cluster, group }: JudgedCase): void {
    this.#addCost(arms);
    this.#addMetrics(arms);
    this.differences.push(Number(arms.candidate.passed) - Number(arms.baseline.passed));
    if (cluster !== undefined) this.clusters.push(this.clusterLabels.numberOf(cluster));
    if (group !== undefined) this.groups.push(this.groupLabels.numberOf(group));
  }

  /** A wrong answer is no gain, whatever its figures: it is credited with no better than the baseline's. */
  #addMetrics({ baseline, candidate }: JudgedCase["arms"]): void {
    const isRegression = baseline.passed && !candidate.passed;
    for (const [at, columns] of this.metrics.entries()) {
      const least = baseline.metrics[at] ?? NaN;
      const own = candidate.metrics[at] ?? NaN;
      const isHigherBetter = this.#described[at]?.direction === "higher";
      // A missing value stays missing: `Math.min` and `Math.max` of `NaN` are `NaN`.
      const worse = isHigherBetter ? Math.min(own, least) : Math.max(own, least);
      columns.baseline.push(least);
      columns.candidate.push(own);
      this.credited[at]?.push(isRegression && !Number.isNaN(least) ? worse : own);
    }
  }

  /**
   * To fail is cheap: a case that the baseline passes and the candidate does not is no saving, and
   * counts as at least the baseline's cost. Else a candidate could refuse the few cases that cost most.
   */
  #addCost({ baseline, candidate }: JudgedCase["arms"]): void {
    const isRegression = baseline.passed && !candidate.passed;
    const atLeast = (own: number, least: number) => isRegression ? Math.max(own, least) : own;
    this.fuel.baseline.push(baseline.usage.fuel);
    this.fuel.candidate.push(atLeast(candidate.usage.fuel, baseline.usage.fuel));
    this.memory.baseline.push(baseline.usage.memoryBytes);
    this.memory.candidate.push(
      atLeast(candidate.usage.memoryBytes, baseline.usage.memoryBytes),
    );
  }
}

function armColumns(): ArmColumns {
  return { baseline: new GrowingNumbers(), candidate: new GrowingNumbers() };
}

import { type Arm, ARMS, type JudgedCase } from "../evaluate/case_result.ts";
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
  /** Candidate passed minus baseline passed: -1, 0 or 1. */
  readonly differences = new GrowingNumbers();
  readonly clusters = new GrowingNumbers();
  readonly clusterLabels = new Labels();
  readonly groups = new GrowingNumbers();
  readonly groupLabels = new Labels();

  constructor(metrics: readonly MetricDescription[]) {
    this.metrics = metrics.map(armColumns);
  }

  /** Appends a case. */
  add({ arms, cluster, group }: JudgedCase): void {
    this.#addCost(arms);
    for (const arm of ARMS) {
      const { metrics } = arms[arm];
      for (const [at, columns] of this.metrics.entries()) columns[arm].push(metrics[at] ?? NaN);
    }
    this.differences.push(Number(arms.candidate.passed) - Number(arms.baseline.passed));
    if (cluster !== undefined) this.clusters.push(this.clusterLabels.numberOf(cluster));
    if (group !== undefined) this.groups.push(this.groupLabels.numberOf(group));
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

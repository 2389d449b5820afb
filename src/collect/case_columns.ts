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
    for (const arm of ARMS) {
      const { usage, metrics } = arms[arm];
      this.fuel[arm].push(usage.fuel);
      this.memory[arm].push(usage.memoryBytes);
      for (const [at, columns] of this.metrics.entries()) columns[arm].push(metrics[at] ?? NaN);
    }
    this.differences.push(Number(arms.candidate.passed) - Number(arms.baseline.passed));
    if (cluster !== undefined) this.clusters.push(this.clusterLabels.numberOf(cluster));
    if (group !== undefined) this.groups.push(this.groupLabels.numberOf(group));
  }
}

function armColumns(): ArmColumns {
  return { baseline: new GrowingNumbers(), candidate: new GrowingNumbers() };
}

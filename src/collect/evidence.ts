import type { RunSpec } from "../evaluate/run_spec.ts";
import type { TaskDescription } from "../evaluate/task_description.ts";
import type { ClusterEvidence, Evidence } from "../gate/evidence.ts";
import type { Policy } from "../gate/policy.ts";
import { cautiousDesignEffect, type ClusterSums, meanClusterSize } from "../stats/design_effect.ts";
import type { PairedTable } from "../stats/paired_table.ts";
import type { CaseColumns } from "./case_columns.ts";
import { clusterSums } from "./cluster_sums.ts";
import { measureCost, type Measuring } from "./cost_evidence.ts";
import type { RelationSummary } from "./relation_summary.ts";
import { hardViolations, type Summary } from "./summary.ts";

/** What evidence is made from. */
export interface EvidenceParts {
  summary: Summary;
  task: TaskDescription;
  run: Pick<RunSpec, "seed" | "repetitions">;
  policy: Pick<Policy, "confidence">;
  /** Cases after which the run was ended early. */
  stoppedAfter?: number;
}

/** Measures what the gate gets to see, with the policy's confidence level. */
export async function evidenceOf(parts: EvidenceParts): Promise<Evidence> {
  const { summary, task, run, policy, stoppedAfter } = parts;
  const { requested, invalid, table, firstRegression, arms, relations, unstable } = summary;
  const clusters = task.clusters ? Uint32Array.from(summary.columns.clusters.view()) : undefined;
  const measuring: Measuring = {
    seed: run.seed,
    confidence: policy.confidence,
    ...(clusters === undefined ? {} : { clusters }),
  };
  return {
    requested,
    invalid,
    table,
    ...(firstRegression === undefined ? {} : { firstRegression }),
    ...(stoppedAfter === undefined ? {} : { stopped: { after: stoppedAfter } }),
    clusters: clusters === undefined ? null : measureClusters(table, summary.columns, clusters),
    hardViolations: hardViolations(arms),
    relations: relationEvidence(relations, clusters),
    metrics: await measureMetrics(summary.columns, task, measuring),
    cost: {
      fuel: measureCost(summary.columns.fuel, measuring),
      memory: measureCost(summary.columns.memory, measuring),
    },
    unstable: run.repetitions === 1 ? null : {
      baseline: unstable.baseline.judgements,
      candidate: unstable.candidate.judgements,
    },
    alerts: null,
  };
}

/** Each relation has a design effect of its own: what breaks it may depend more on the cluster. */
function relationEvidence(
  relations: readonly RelationSummary[],
  clusters: Uint32Array | undefined,
): Evidence["relations"] {
  return relations.map(({ name, weight, table, missing, differences }) => {
    const effect = clusters === undefined
      ? 1
      : cautiousDesignEffect(table, checkedSums(clusters, differences.view()));
    return { name, weight, table, missing, designEffect: effect };
  });
}

/** The sums of the cases in which a relation was checked on both arms: the others are `NaN`. */
function checkedSums(clusters: Uint32Array, differences: Float64Array): ClusterSums {
  const isChecked = (_: number, row: number) => !Number.isNaN(differences[row]);
  return clusterSums(clusters.filter(isChecked), differences.filter(isChecked));
}

/** Metrics need distributions that take a tenth of a second to load: most tasks have none. */
async function measureMetrics(
  columns: CaseColumns,
  task: TaskDescription,
  measuring: Measuring,
): Promise<Evidence["metrics"]> {
  if (task.metrics.length === 0) return [];
  const { metricEvidence } = await import("./metric_evidence.ts");
  return metricEvidence(columns, task, measuring);
}

function measureClusters(
  table: PairedTable,
  columns: CaseColumns,
  clusters: Uint32Array,
): ClusterEvidence {
  const sums = clusterSums(clusters, columns.differences.view());
  const count = columns.clusterLabels.list().length;
  const size = meanClusterSize(sums.sizes);
  return { count, designEffect: cautiousDesignEffect(table, sums), size };
}

import type { Arm } from "../evaluate/case_result.ts";
import type { MetricDescription, TaskDescription } from "../evaluate/task_description.ts";
import type { Estimate, MetricEvidence } from "../gate/evidence.ts";
import { basic } from "../stats/bootstrap/basic.ts";
import { bca } from "../stats/bootstrap/bca.ts";
import { percentile } from "../stats/bootstrap/percentile.ts";
import { groupGap } from "../stats/group_gap.ts";
import { meanDifference, pairedDifferences } from "../stats/mean_difference.ts";
import { pairedTTest } from "../stats/paired_t.ts";
import { pairedDifference } from "../stats/paired_difference.ts";
import { clusteredDifference } from "../stats/clustered_difference.ts";
import { zOf } from "../stats/special/normal.ts";
import type { CaseColumns } from "./case_columns.ts";
import { clusterSums } from "./cluster_sums.ts";
import { MOST_GROUPS } from "./group_summary.ts";
import { believed, type Measuring, resamplesFor } from "./cost_evidence.ts";
import { addPair } from "./relation_summary.ts";

const BOOTSTRAPS = { basic, bca, percentile };

const METRIC_RESAMPLES = 10_000;

/** The rows of a metric in which both arms have a value. */
interface Rows {
  baseline: Float64Array;
  candidate: Float64Array;
  clusters?: Uint32Array;
}

/** Measures the task's metrics, in the task's order. */
export function metricEvidence(
  columns: CaseColumns,
  task: TaskDescription,
  measuring: Measuring,
): MetricEvidence[] {
  return task.metrics.map((metric, at) => measureMetric(columns, task, metric, at, measuring));
}

function measureMetric(
  columns: CaseColumns,
  task: TaskDescription,
  metric: MetricDescription,
  at: number,
  measuring: Measuring,
): MetricEvidence {
  const { rows, missing } = completeRows(columns, at, measuring);
  const { name, kind, direction } = metric;
  const gap = (arm: Arm): Estimate =>
    measureGap(columns.metrics[at]?.[arm].view() ?? new Float64Array(), columns, measuring);
  return {
    name,
    kind,
    direction,
    cases: rows.baseline.length,
    missing,
    baseline: total(rows.baseline, kind),
    candidate: total(rows.candidate, kind),
    difference: measureDifference(rows, metric, measuring),
    gap: task.groups ? { baseline: gap("baseline"), candidate: gap("candidate") } : null,
  };
}

function completeRows(
  columns: CaseColumns,
  at: number,
  { clusters }: Measuring,
): { rows: Rows; missing: number } {
  const baseline = columns.metrics[at]?.baseline.view() ?? new Float64Array();
  const candidate = columns.credited[at]?.view() ?? new Float64Array();
  const complete: number[] = [];
  let missing = 0;
  for (const [row, value] of baseline.entries()) {
    if (Number.isNaN(value)) continue;
    if (Number.isNaN(candidate[row])) missing++;
    else complete.push(row);
  }
  const rows: Rows = {
    baseline: Float64Array.from(complete, (row) => baseline[row] ?? NaN),
    candidate: Float64Array.from(complete, (row) => candidate[row] ?? NaN),
  };
  if (clusters !== undefined) rows.clusters = renumbered(complete.map((row) => clusters[row] ?? 0));
  return { rows, missing };
}

/** Clusters numbered without gaps: one whose rows are all left out is none. */
function renumbered(clusters: number[]): Uint32Array {
  const numbers = new Map<number, number>();
  return Uint32Array.from(clusters, (cluster) => {
    const number = numbers.get(cluster) ?? numbers.size;
    numbers.set(cluster, number);
    return number;
  });
}

function total(values: Float64Array, kind: "mean" | "sum"): number | null {
  if (values.length === 0) return null;
  let sum = 0;
  for (const value of values) sum += value;
  return finite(kind === "sum" ? sum : sum / values.length);
}

/** Numbers near the largest there is add up to more than that, of which nothing can be said. */
function finite(figure: number | null): number | null {
  return figure !== null && Number.isFinite(figure) ? figure : null;
}

/** An estimate without what is not finite: bounds come both or not at all. */
function known({ estimate, low, high, method }: Estimate): Estimate {
  const bounds = finite(low) === null || finite(high) === null || finite(estimate) === null
    ? { low: null, high: null }
    : { low, high };
  return { estimate: finite(estimate), ...bounds, method };
}

function measureDifference(
  rows: Rows,
  { kind, interval }: MetricDescription,
  { seed, confidence }: Measuring,
): Estimate {
  const { baseline, candidate, clusters } = rows;
  if (isBinary(baseline) && isBinary(candidate)) {
    return binaryDifference(rows, kind === "sum" ? baseline.length : 1, zOf(confidence));
  }
  const byCluster = clusters === undefined ? {} : { clusters };
  if (interval === "t") {
    const test = pairedTTest(pairedDifferences(candidate, baseline), { confidence, ...byCluster });
    const factor = kind === "sum" ? baseline.length : 1;
    const scaled = (value: number | null) => value === null ? null : value * factor;
    const { estimate, low, high } = test;
    return known({ estimate: scaled(estimate), low: scaled(low), high: scaled(high), method: "t" });
  }
  const found = meanDifference({
    baseline,
    candidate,
    of: kind,
    method: BOOTSTRAPS[interval],
    // Equal arms have a difference of 0 in every case: that is a measurement, as of fuel.
    whenConstant: "exact",
    resamples: resamplesFor(baseline.length, METRIC_RESAMPLES, confidence),
    seed,
    confidence,
    ...byCluster,
  });
  return known(believed(found, baseline.length, { seed, confidence, ...byCluster }));
}

function isBinary(values: Float64Array): boolean {
  return values.every((value) => value === 0 || value === 1);
}

/**
 * A metric of 0 and 1 is a pair of rates. Resampling would take no difference seen for none at all;
 * Tango's interval does not.
 */
function binaryDifference(
  { baseline, candidate, clusters }: Rows,
  factor: number,
  z: number,
): Estimate {
  const table = { both: 0, baselineOnly: 0, candidateOnly: 0, neither: 0 };
  for (const [row, value] of baseline.entries()) addPair(table, value === 1, candidate[row] === 1);
  const difference = clusters === undefined
    ? pairedDifference(table, z)
    : clusteredDifference(table, clusterSums(clusters, pairedDifferences(candidate, baseline)), z);
  const { estimate, low, high, method } = difference;
  if (estimate === null) return { estimate, low: null, high: null, method };
  return { estimate: estimate * factor, low: low * factor, high: high * factor, method };
}

/**
 * The gap of one arm between the groups of all cases in which it has a value, whatever the other arm
 * has there. Every pair of groups is compared, so that only so many can be. Of a group without a value
 * nothing is known, and so of the gap.
 */
function measureGap(
  values: Float64Array,
  columns: CaseColumns,
  { clusters, confidence }: Measuring,
): Estimate {
  const labels = columns.groupLabels.list();
  const groups = columns.groups.view();
  if (labels.length > MOST_GROUPS) {
    return { estimate: null, low: null, high: null, method: "too-many-groups" };
  }
  const byGroup = labels.map((): number[] => []);
  for (const [row, value] of values.entries()) {
    if (!Number.isNaN(value)) byGroup[groups[row] ?? 0]?.push(row);
  }
  const { estimate, low, high, method } = groupGap(
    labels.map((label, at) => {
      const rows = byGroup[at] ?? [];
      const group = { label, values: Float64Array.from(rows, (row) => values[row] ?? NaN) };
      if (clusters === undefined) return group;
      return { ...group, clusters: Uint32Array.from(rows, (row) => clusters[row] ?? 0) };
    }),
    confidence,
  );
  const isComplete = byGroup.every((rows) => rows.length > 0);
  return known({ estimate, low: isComplete ? low : null, high, method });
}

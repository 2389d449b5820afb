import type { Artifact } from "../../sandbox/artifact.ts";
import type { Limits } from "../../sandbox/limits.ts";
import type { ArmSummary } from "../collect/arm_summary.ts";
import { relationScore, type RelationSummary } from "../collect/relation_summary.ts";
import type { Summary } from "../collect/summary.ts";
import type { Arm } from "../evaluate/case_result.ts";
import type { RunSpec } from "../evaluate/run_spec.ts";
import type { TaskDescription } from "../evaluate/task_description.ts";
import { differenceInterval } from "../gate/difference_interval.ts";
import type { Evidence } from "../gate/evidence.ts";
import type { Policy } from "../gate/policy.ts";
import type { Decision } from "../gate/verdict.ts";
import { passRate } from "../stats/pass_rate.ts";
import { zOf } from "../stats/special/normal.ts";
import {
  type ArmReport,
  type ArtifactReference,
  type RelationReport,
  type Report,
  REPORT_SCHEMA_VERSION,
  type ViolationReport,
} from "./report.ts";
import type { PackedSources } from "./sources.ts";

/** What a report is made of. */
export interface ReportParts {
  cupelVersion: string;
  spec: RunSpec;
  /** The artifacts, where the report is to hold them. */
  sources: PackedSources | null;
  task: TaskDescription;
  summary: Summary;
  evidence: Evidence;
  decision: Decision;
  violations: ViolationReport[];
  /** Wall-clock time of the whole run, in milliseconds. */
  wallMs: number;
}

/** Puts a run's parts into the shape of a report. */
export function buildReport(parts: ReportParts): Report {
  const { cupelVersion, spec, task, summary, evidence, decision, violations, wallMs } = parts;
  const { requested, done, judged, invalid, firstInvalid, relations } = summary;
  const z = zOf(decision.policy.confidence);
  const arms = {
    baseline: reportArm(summary.arms.baseline, z),
    candidate: reportArm(summary.arms.candidate, z),
  };
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    cupelVersion,
    verdict: decision.verdict,
    reason: decision.reason,
    run: reportRun(spec, task),
    cases: { requested, done, judged, invalid, firstInvalid },
    arms,
    difference: reportDifference(summary, evidence, decision.policy),
    cost: evidence.cost,
    metrics: evidence.metrics,
    groups: summary.groups,
    groupsDropped: summary.groupsDropped,
    relations: relations.map(reportRelation),
    relationScore: eachArm((arm) => relationScore(relations, arm)),
    unstable: spec.repetitions === 1 ? null : summary.unstable,
    violations,
    violationsDropped: summary.violationsDropped,
    gate: { policy: decision.policy, rules: decision.rules },
    wallMs,
    sources: parts.sources,
  };
}

function eachArm<T>(read: (arm: Arm) => T): Record<Arm, T> {
  return { baseline: read("baseline"), candidate: read("candidate") };
}

function reportRun(spec: RunSpec, task: TaskDescription): Report["run"] {
  return {
    task: task.name,
    entry: task.entry,
    n: spec.n,
    seed: spec.seed,
    repetitions: spec.repetitions,
    limits: reportLimits(spec.limits),
    artifacts: {
      task: reference(spec.task),
      baseline: reference(spec.baseline),
      candidate: reference(spec.candidate),
    },
  };
}

/** Copies the limits in a fixed order, whoever made them. */
function reportLimits(limits: Limits): Limits {
  const { memoryBytes, fuel, deadlineMs, outputBytes, stackBytes } = limits;
  return { memoryBytes, fuel, deadlineMs, outputBytes, stackBytes };
}

function reference({ kind, name, sha256 }: Artifact): ArtifactReference {
  return { kind, name, sha256 };
}

function reportArm(arm: ArmSummary, z: number): ArmReport {
  const { calls, fuel, memoryBytes, wallMs } = arm;
  const failures = [...arm.failures].sort(([a], [b]) => a < b ? -1 : 1);
  return {
    ...passRate(arm.passed, arm.total, z),
    calls,
    fuel: { total: fuel, mean: calls === 0 ? null : fuel / calls },
    memoryBytes,
    failures: Object.fromEntries(failures),
    wallMs,
  };
}

/** The interval is the gate's own, so that it never says other than the verdict. */
function reportDifference(
  { table, firstRegression }: Summary,
  evidence: Evidence,
  policy: Policy,
): Report["difference"] {
  const { estimate, low, high, method } = differenceInterval(evidence, policy);
  return {
    estimate,
    // Where no interval is valid, nothing is known.
    low: low ?? -1,
    high: high ?? 1,
    method,
    regressions: table.baselineOnly,
    firstRegression: firstRegression ?? null,
    improvements: table.candidateOnly,
    table,
    clusters: evidence.clusters,
  };
}

function reportRelation(relation: RelationSummary): RelationReport {
  const { name, category, description, weight, baseline, candidate } = relation;
  return { name, category, description, weight, baseline, candidate };
}

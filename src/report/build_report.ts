import type { Artifact } from "../../sandbox/artifact.ts";
import type { Limits } from "../../sandbox/limits.ts";
import { encode } from "../../sandbox/values/encode.ts";
import type { RunSpec, TaskDescription } from "../evaluate/run_spec.ts";
import type { Decision } from "../gate/verdict.ts";
import { pairedDifference } from "../stats/paired_difference.ts";
import { passRate } from "../stats/pass_rate.ts";
import type { ArmSummary } from "./arm_summary.ts";
import { formatInput } from "./format_input.ts";
import {
  type ArmReport,
  type ArtifactReference,
  type Report,
  REPORT_SCHEMA_VERSION,
  type ViolationReport,
} from "./report.ts";
import type { Summary } from "./summary.ts";
import type { ViolationSummary } from "./violation_summary.ts";

/** What a report is made of. */
export interface ReportParts {
  cupelVersion: string;
  spec: RunSpec;
  task: TaskDescription;
  summary: Summary;
  decision: Decision;
  /** Wall-clock time of the whole run, in milliseconds. */
  wallMs: number;
}

const MOST_TEXT_CHARACTERS = 2000;

/** Puts a run's parts into the shape of a report. */
export function buildReport(parts: ReportParts): Report {
  const { cupelVersion, spec, task, summary, decision, wallMs } = parts;
  const { requested, judged, invalid, firstInvalid } = summary;
  const { baseline, candidate } = summary.arms;
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    cupelVersion,
    verdict: decision.verdict,
    reason: decision.reason,
    run: reportRun(spec, task),
    cases: { requested, judged, invalid, firstInvalid },
    arms: { baseline: reportArm(baseline), candidate: reportArm(candidate) },
    difference: reportDifference(summary),
    fuelRatio: baseline.fuel === 0 ? null : candidate.fuel / baseline.fuel,
    relations: summary.relations,
    violations: summary.violations.map((violation) => reportViolation(violation, task.entry)),
    violationsDropped: summary.violationsDropped,
    gate: { policy: decision.policy, rules: decision.rules },
    wallMs,
  };
}

function reportRun(spec: RunSpec, task: TaskDescription): Report["run"] {
  return {
    task: task.name,
    entry: task.entry,
    n: spec.n,
    seed: spec.seed,
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

function reference({ name, sha256 }: Artifact): ArtifactReference {
  return { name, sha256 };
}

function reportArm(arm: ArmSummary): ArmReport {
  const { calls, fuel, memoryBytes, wallMs } = arm;
  const failures = [...arm.failures].sort(([a], [b]) => a < b ? -1 : 1);
  return {
    ...passRate(arm.passed, arm.total),
    calls,
    fuel: { total: fuel, mean: calls === 0 ? null : fuel / calls },
    memoryBytes,
    failures: Object.fromEntries(failures),
    wallMs,
  };
}

function reportDifference(summary: Summary): Report["difference"] {
  const { table, firstRegression } = summary;
  return {
    ...pairedDifference(table),
    regressions: table.baselineOnly,
    firstRegression: firstRegression ?? null,
    improvements: table.candidateOnly,
    table,
  };
}

function reportViolation(violation: ViolationSummary, entry: string): ViolationReport {
  const { arm, kind, name, cases, smallest } = violation;
  const { index, message, size } = smallest;
  if (!("input" in smallest)) {
    const text = `an input of ${size} characters, not kept: the seed and the index make it again`;
    return { arm, kind, name, cases, smallest: { index, message, text } };
  }
  const text = formatInput(entry, smallest.input, MOST_TEXT_CHARACTERS);
  const input: unknown = JSON.parse(encode(smallest.input));
  return { arm, kind, name, cases, smallest: { index, message, text, input } };
}

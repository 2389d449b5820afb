import { packSources } from "../../src/report/sources.ts";
import { DEFAULT_LIMITS } from "../../sandbox/limits.ts";
import type { Artifact } from "../../sandbox/artifact.ts";
import { evidenceOf } from "../../src/collect/evidence.ts";
import { type Summary, SummaryBuilder } from "../../src/collect/summary.ts";
import type { CaseResult } from "../../src/evaluate/case_result.ts";
import { digest } from "../../src/evaluate/digest.ts";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";
import type { TaskDescription } from "../../src/evaluate/task_description.ts";
import { DEFAULT_POLICY, type Policy } from "../../src/gate/policy.ts";
import { decide } from "../../src/gate/verdict.ts";
import { buildReport } from "../../src/report/build_report.ts";
import type { Report } from "../../src/report/report.ts";
import { reportViolations } from "../../src/report/report_violations.ts";
import type { SmallestCase } from "../../src/report/shrink_violations.ts";
import { taskDescription } from "../evaluate/task_descriptions.ts";

/** What a test's report differs in from one of a plain task, run once with the default policy. */
export interface ReportChanges {
  task?: TaskDescription;
  /** Cases that were asked for; as many as there are, if left out. */
  n?: number;
  repetitions?: number;
  policy?: Policy;
  wallMs?: number;
  /** What violations were shrunk to, by name. */
  shrunk?: Record<string, SmallestCase>;
  /** Whether the policy ended the run after the cases given. */
  stopped?: boolean;
}

/** An artifact whose code is its name. */
export function artifact(name: string): Artifact {
  return { kind: "javascript", code: name, sha256: digest(name), name };
}

/** Everything from case results to the report, as a run does it. */
export async function reportOf(
  cases: readonly CaseResult[],
  changes: ReportChanges = {},
): Promise<Report> {
  const { task = taskDescription(), n = cases.length, policy = DEFAULT_POLICY } = changes;
  const { repetitions = 1, wallMs = 12.5, shrunk = {} } = changes;
  const spec: RunSpec = {
    task: artifact("task.ts"),
    baseline: artifact("baseline.ts"),
    candidate: artifact("heap.ts"),
    n,
    seed: 42,
    repetitions,
    limits: backwards(DEFAULT_LIMITS),
  };
  const summary = summaryOf(cases, task, n);
  const stopped = changes.stopped ? { stoppedAfter: cases.length } : {};
  const evidence = await evidenceOf({ summary, task, run: spec, policy, ...stopped });
  const smallest = new Map(
    summary.violations.flatMap((violation) => {
      const found = shrunk[violation.name];
      return found === undefined ? [] : [[violation, found] as const];
    }),
  );
  return buildReport({
    sources: packSources(spec),
    cupelVersion: "0.1.0",
    spec,
    task,
    summary,
    evidence,
    decision: decide(evidence, policy),
    violations: reportViolations(summary.violations, smallest, task),
    wallMs,
  });
}

/** Case results summed up. */
export function summaryOf(
  cases: readonly CaseResult[],
  task: TaskDescription,
  requested: number = cases.length,
): Summary {
  const builder = new SummaryBuilder({ requested, task });
  for (const result of cases) builder.add(result);
  return builder.build();
}

/** The same fields in another order, in which a caller may well give them. */
function backwards<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).reverse()) as T;
}

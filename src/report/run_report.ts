import { evidenceOf } from "../collect/evidence.ts";
import { SummaryBuilder } from "../collect/summary.ts";
import { CupelError } from "../errors.ts";
import type { Dispatcher } from "../evaluate/dispatcher.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import type { RunSpec } from "../evaluate/run_spec.ts";
import type { TaskDescription } from "../evaluate/task_description.ts";
import { InterimGate } from "../gate/interim_gate.ts";
import type { Policy } from "../gate/policy.ts";
import { decide } from "../gate/verdict.ts";
import { VERSION } from "../version.ts";
import { buildReport } from "./build_report.ts";
import type { Report } from "./report.ts";
import { reportViolations } from "./report_violations.ts";
import type { PackedSources } from "./sources.ts";
import { shrinkViolations } from "./shrink_violations.ts";

/** Cases of a run where nobody says how many. */
export const DEFAULT_CASES = 400;

/** A run whose number of cases may be left to its task. */
export type RunRequest = Omit<RunSpec, "n"> & { n: number | undefined };

/** What may be wanted of {@linkcode runReport}. */
export interface RunReportOptions {
  policy: Policy;
  /** Most inputs that are tried to make one violation smaller; 0 for not at all. */
  shrink: number;
  /** Whether the report holds the artifacts; true by default. */
  keepsSources?: boolean;
  /** Aborting it stops the run. */
  signal?: AbortSignal;
  /** Hears how many cases are done, after each one, and how many there are. */
  onProgress?: (done: number, n: number) => void;
  /** When the run began, by `performance.now()`; now, if left out. */
  startedAt?: number;
}

/**
 * Evaluates a run from its first case to its verdict.
 *
 * @throws {CupelError} `bad-input` where the task or an arm cannot be used, or the task has fewer cases
 * than are asked for; `cancelled` where the signal was aborted.
 */
export async function runReport(
  request: RunRequest,
  dispatcher: Dispatcher,
  options: RunReportOptions,
): Promise<Report> {
  const { policy, signal, startedAt = performance.now() } = options;
  const asked = { ...request, n: request.n ?? DEFAULT_CASES };
  const task = await dispatcher.prepare(asked, signal);
  refuseUnknownMetrics(policy, task);
  const spec = { ...asked, n: numberOfCases(request.n, task) };
  const summary = await collect(spec, dispatcher, task, options);
  const stoppedAfter = summary.done < spec.n ? { stoppedAfter: summary.done } : {};
  const evidence = await evidenceOf({ summary, task, run: spec, policy, ...stoppedAfter });
  const decision = decide(evidence, policy);
  const { violations } = summary;
  const shrunk = await shrinkViolations(spec, dispatcher, violations, options.shrink, signal);
  return buildReport({
    cupelVersion: VERSION,
    spec,
    sources: options.keepsSources === false ? null : await packed(spec),
    task,
    summary,
    evidence,
    decision,
    violations: reportViolations(violations, shrunk, task),
    wallMs: performance.now() - startedAt,
  });
}

/** What packs is only loaded where it is needed. */
async function packed(spec: RunSpec): Promise<PackedSources> {
  const { packSources } = await import("./sources.ts");
  return packSources(spec);
}

/** Runs the cases in index order until the last one, or until the interim gate has seen enough. */
async function collect(
  spec: RunSpec,
  dispatcher: Dispatcher,
  task: TaskDescription,
  { policy, signal, onProgress }: RunReportOptions,
) {
  const cases = new SummaryBuilder({ requested: spec.n, task });
  const gate = new InterimGate(policy, { requested: spec.n, clustered: task.clusters });
  let done = 0;
  for await (const result of evaluate(spec, dispatcher, signal ? { signal } : {})) {
    cases.add(result);
    done++;
    onProgress?.(done, spec.n);
    // Leaving the loop cancels what is queued and running.
    if (policy.sequential !== null && gate.decide(cases.interim()) !== undefined) break;
  }
  return cases.build();
}

/**
 * A metric that the task does not have is misspelt: no run could meet its requirement.
 *
 * @throws {CupelError} `bad-input`, naming it and those that there are.
 */
function refuseUnknownMetrics({ metrics }: Policy, task: TaskDescription): void {
  const known = task.metrics.map(({ name }) => name);
  const unknown = Object.keys(metrics).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const has = known.length === 0 ? "none" : known.map((name) => JSON.stringify(name)).join(", ");
  throw new CupelError(
    "bad-input",
    `Cannot use the policy with the task ${JSON.stringify(task.name)} as metrics must be the ` +
      `task's: current value is ${JSON.stringify(unknown)}, and the task has ${has}`,
  );
}

/**
 * How many cases a run has: what was asked for, the default, or as many as a task of fixed cases has.
 *
 * @throws {CupelError} `bad-input` where a task of fixed cases has fewer than were asked for.
 */
function numberOfCases(
  asked: number | undefined,
  { name, fixedCases, generates }: TaskDescription,
): number {
  if (generates) return asked ?? DEFAULT_CASES;
  if (asked === undefined || asked <= fixedCases) return asked ?? fixedCases;
  throw new CupelError(
    "bad-input",
    `Cannot run ${asked} cases as the task ${JSON.stringify(name)} has ${fixedCases} fixed ones ` +
      `and generates none: ask for at most ${fixedCases}`,
  );
}

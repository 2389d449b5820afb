import type { Dispatcher } from "../evaluate/dispatcher.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import type { RunSpec } from "../evaluate/run_spec.ts";
import type { Policy } from "../gate/policy.ts";
import { decide } from "../gate/verdict.ts";
import { VERSION } from "../version.ts";
import { buildReport } from "./build_report.ts";
import type { Report } from "./report.ts";
import { evidenceOf, SummaryBuilder } from "./summary.ts";

/** What may be wanted of {@linkcode runReport}. */
export interface RunReportOptions {
  policy: Policy;
  /** Aborting it stops the run. */
  signal?: AbortSignal;
  /** Hears how many cases are done, after each one. */
  onProgress?: (done: number) => void;
  /** When the run began, by `performance.now()`; now, if left out. */
  startedAt?: number;
}

/**
 * Evaluates a run from its first case to its verdict.
 *
 * @throws {CupelError} `bad-input` where the task or an arm cannot be used, `cancelled` where the
 * signal was aborted.
 */
export async function runReport(
  spec: RunSpec,
  dispatcher: Dispatcher,
  options: RunReportOptions,
): Promise<Report> {
  const { policy, signal, onProgress, startedAt = performance.now() } = options;
  const task = await dispatcher.prepare(spec, signal);
  const cases = new SummaryBuilder({ requested: spec.n, task });
  let done = 0;
  for await (const result of evaluate(spec, dispatcher, signal ? { signal } : {})) {
    cases.add(result);
    done++;
    onProgress?.(done);
  }
  const summary = cases.build();
  const decision = decide(evidenceOf(summary), policy);
  const wallMs = performance.now() - startedAt;
  return buildReport({ cupelVersion: VERSION, spec, task, summary, decision, wallMs });
}

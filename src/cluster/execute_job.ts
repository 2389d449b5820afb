import { CupelError } from "../errors.ts";
import type { CaseResult } from "../evaluate/case_result.ts";
import type { ClusterJob } from "./messages.ts";
import type { NodeRun } from "./node_runs.ts";

/** Does a job with a run's local threads; gives what a `Dispatcher` gives for it. */
export function executeJob(
  { spec, dispatcher, over }: NodeRun,
  job: ClusterJob,
): Promise<unknown> {
  const { signal } = over;
  switch (job.kind) {
    case "describe":
      return dispatcher.prepare(spec, signal);
    case "cases":
      return dispatcher.execute(spec, job.batch, signal);
    case "shrink":
      return dispatcher.shrink(spec, job.request, signal);
    case "examine":
      return dispatcher.examine(spec, job.cases, signal);
  }
}

/** How often, in words. */
export function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

/**
 * What a job comes to that no node survives: cases that could not be judged, so that the run still ends.
 *
 * @throws {CupelError} For jobs that are no cases.
 */
export function giveUpOn(job: ClusterJob, deliveries: number): CaseResult[] {
  const message = `no node came to an end with its batch, which was delivered ${times(deliveries)}`;
  if (job.kind !== "cases") throw new CupelError("internal", `Cannot finish the run: ${message}`);
  const { start, end } = job.batch;
  return Array.from({ length: end - start }, (_, at) => ({
    index: start + at,
    valid: false as const,
    error: { kind: "crash" as const, message },
  }));
}

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

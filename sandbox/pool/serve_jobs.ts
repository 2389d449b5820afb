import { runtime } from "../../src/runtime/mod.ts";
import { Control } from "./control.ts";
import { type JobContext, RetiredError, type StartContext, WorkerContext } from "./job_context.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";

/** Does one job: synchronous, as isolates are. */
export type JobRunner<Job, Item> = (job: Job, context: JobContext<Item>) => void;

/**
 * The worker's side of a pool: an entry module calls it once.
 *
 * @param start Prepares the worker, before its first job, from the pool's `init`. User code is loaded
 * here through `context.guard`. An error that it throws is the pool's error.
 */
export function serveJobs<Init, Job, Item>(
  start: (
    init: Init,
    context: StartContext,
  ) => JobRunner<Job, Item> | Promise<JobRunner<Job, Item>>,
): void {
  const port = runtime.workerPort();
  const post = (message: FromWorker<Item>) => port.postMessage(message);
  let control: Control | undefined;
  let runJob: JobRunner<Job, Item> | undefined;

  const handle = async (message: ToWorker<Init, Job>) => {
    if (message.kind === "start") {
      control = new Control(message.control);
      const context = new WorkerContext<Item>(control, message.answers, post);
      runJob = await start(message.init, context);
      return post({ kind: "ready" });
    }
    if (control === undefined || runJob === undefined) throw new Error("the worker is not started");
    const context = new WorkerContext<Item>(control, message.answers, post);
    runJob(message.job, context);
    context.finish();
    post({ kind: "done" });
  };

  port.onMessage((message) => {
    handle(message as ToWorker<Init, Job>).catch((error: unknown) => {
      // An interrupt can also come to light as another error: where an instance was being replaced.
      if (error instanceof RetiredError || control?.leaveIfRetired()) return port.close();
      post({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    });
  });
}

import { isolateLoader } from "../../sandbox/load_isolate.ts";
import type { CaseContext, Guard } from "../evaluate/case_context.ts";
import { detailCase } from "../evaluate/case_detail.ts";
import { runCase } from "../evaluate/case_runner.ts";
import { type KeptGuests, loadGuests, type LoadSupervision } from "../evaluate/load_guests.ts";
import { shrinkCase } from "../evaluate/shrink.ts";
import type { ExecutorInit, ExecutorItem, ExecutorJob } from "./jobs.ts";

/** Does a job, synchronously. */
export type Executor = (
  job: ExecutorJob,
  context: { guard: Guard; emit(item: ExecutorItem): void },
) => void;

/**
 * Loads a run's guests and gives what executes its batches: the same in a worker and in-process.
 *
 * A run whose files cannot be used says so to every job.
 *
 * @param kept Guests of the run before in the same thread; those of this run after it.
 */
export async function startExecutor(
  { engines, run }: ExecutorInit,
  supervision: LoadSupervision,
  kept: KeptGuests = new Map(),
): Promise<Executor> {
  const loadIsolate = await isolateLoader(engines, [run.task, run.baseline, run.candidate]);
  const loaded = loadGuests(loadIsolate, run, supervision, kept);
  return (job, { guard, emit }) => {
    if (!loaded.ok) return emit({ kind: "problem", problem: loaded.problem });
    const { guests, task } = loaded;
    const { seed, repetitions, baseline, candidate } = run;
    const artifacts = { baseline, candidate };
    const context = { guests, artifacts, task, seed, repetitions, guard };
    for (const item of doJob(job, context)) emit(item);
  };
}

function* doJob(job: ExecutorJob, context: CaseContext): Iterable<ExecutorItem> {
  if (job.kind === "describe") yield { kind: "task", task: context.task };
  if (job.kind === "shrink") yield { kind: "shrunk", shrunk: shrinkCase(context, job.request) };
  if (job.kind === "examine") {
    for (const address of job.cases) yield { kind: "detail", detail: detailCase(context, address) };
  }
  if (job.kind === "cases") {
    for (let index = job.batch.start; index < job.batch.end; index++) {
      yield { kind: "case", result: runCase(context, index) };
    }
  }
}

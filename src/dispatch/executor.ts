import type { Engines } from "../../sandbox/load_isolate.ts";
import type { Batch } from "../evaluate/batch.ts";
import type { CaseContext, Guard } from "../evaluate/case_context.ts";
import { type CaseAddress, type CaseDetail, detailCase } from "../evaluate/case_detail.ts";
import { runCase } from "../evaluate/case_runner.ts";
import type { CaseResult } from "../evaluate/case_result.ts";
import { type GuestSpec, loadGuests, type LoadSupervision } from "../evaluate/load_guests.ts";
import type { RunSpec } from "../evaluate/run_spec.ts";
import { shrinkCase, type ShrinkRequest, type Shrunk } from "../evaluate/shrink.ts";
import type { TaskDescription } from "../evaluate/task_description.ts";

/** What an executor of batches is started with: plain data, ready to be posted to a worker. */
export interface ExecutorInit {
  engines: Engines;
  /** The run without what the executor does not need. */
  run: GuestSpec & Pick<RunSpec, "seed" | "repetitions">;
}

/** What may be asked of an executor. */
export type ExecutorJob =
  | { kind: "describe" }
  | { kind: "cases"; batch: Batch }
  | { kind: "shrink"; request: ShrinkRequest }
  | { kind: "examine"; cases: CaseAddress[] };

/** What an executor gives: one for `describe` and `shrink`, one for each case of the others. */
export type ExecutorItem =
  | { kind: "task"; task: TaskDescription }
  | { kind: "problem"; problem: string }
  | { kind: "case"; result: CaseResult }
  | { kind: "shrunk"; shrunk: Shrunk }
  | { kind: "detail"; detail: CaseDetail };

/** Does a job, synchronously. */
export type Executor = (
  job: ExecutorJob,
  context: { guard: Guard; emit(item: ExecutorItem): void },
) => void;

/**
 * Loads a run's guests and gives what executes its batches: the same in a worker and in-process.
 *
 * A run whose files cannot be used says so to every job.
 */
export function startExecutor(
  { engines, run }: ExecutorInit,
  supervision: LoadSupervision,
): Executor {
  const loaded = loadGuests(engines, run, supervision);
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

/** What is left of a job after its first items; nothing where that was all of it. */
export function remainder(job: ExecutorJob, delivered: number): ExecutorJob | null {
  if (job.kind === "cases") {
    const { start, end } = job.batch;
    const batch = { start: start + delivered, end };
    return batch.start < end ? { kind: "cases", batch } : null;
  }
  if (job.kind === "examine") {
    const cases = job.cases.slice(delivered);
    return cases.length === 0 ? null : { kind: "examine", cases };
  }
  return delivered === 0 ? job : null;
}

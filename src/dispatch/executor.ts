import type { QuickJsGuest } from "../../sandbox/quickjs/engine.ts";
import type { Guard } from "../evaluate/answers.ts";
import type { Batch } from "../evaluate/batch.ts";
import { runCase } from "../evaluate/case_runner.ts";
import type { CaseResult } from "../evaluate/case_result.ts";
import { type GuestSpec, loadGuests, type LoadSupervision } from "../evaluate/load_guests.ts";
import type { RunSpec, TaskDescription } from "../evaluate/run_spec.ts";

/** What an executor of batches is started with: plain data, ready to be posted to a worker. */
export interface ExecutorInit {
  quickJs: QuickJsGuest;
  /** The run without what the executor does not need. */
  run: GuestSpec & Pick<RunSpec, "seed">;
}

/** What may be asked of an executor. */
export type ExecutorJob = { kind: "describe" } | { kind: "cases"; batch: Batch };

/** What an executor gives: one for `describe`, one for each case of a batch. */
export type ExecutorItem =
  | { kind: "task"; task: TaskDescription }
  | { kind: "problem"; problem: string }
  | { kind: "case"; result: CaseResult };

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
export async function startExecutor(
  { quickJs, run }: ExecutorInit,
  supervision: LoadSupervision,
): Promise<Executor> {
  const loaded = await loadGuests(quickJs, run, supervision);
  return (job, { guard, emit }) => {
    if (!loaded.ok) return emit({ kind: "problem", problem: loaded.problem });
    const { guests, task } = loaded;
    if (job.kind === "describe") return emit({ kind: "task", task });
    for (let index = job.batch.start; index < job.batch.end; index++) {
      emit({ kind: "case", result: runCase({ guests, task, seed: run.seed, guard }, index) });
    }
  };
}

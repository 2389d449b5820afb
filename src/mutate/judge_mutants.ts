import { WorkerPool } from "../../sandbox/pool/worker_pool.ts";
import { cancelled, CupelError } from "../errors.ts";
import { inIndexOrder } from "../evaluate/index_order.ts";
import type { TaskDescription } from "../evaluate/task_description.ts";
import type { JudgeInit, JudgeItem, JudgeJob } from "./mutant_judge.ts";
import type { MutantOutcome } from "./mutant_outcome.ts";
import type { Mutant } from "./mutants.ts";

/** What judging all mutants gave. */
export interface JudgedMutants {
  task: TaskDescription;
  /** Number of cases. */
  cases: number;
  /** Most fuel of one call of a mutant. */
  fuel: number;
  /** In the order of the mutants. */
  outcomes: MutantOutcome[];
}

/** How mutants are judged. */
export interface JudgeOptions {
  /** Number of worker threads. The outcomes do not depend on it. */
  workers: number;
  /** Aborting it ends all threads. */
  signal?: AbortSignal | undefined;
  /** Hears how many mutants are judged, and how many there are. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

type Pool = WorkerPool<JudgeInit, JudgeJob, JudgeItem>;

const PROGRAM = new URL("./mutant_worker.ts", import.meta.url);

/** Mutants that wait in the pool for each worker, so that none is idle. */
const AHEAD = 4;

/**
 * Judges mutants on worker threads under a watchdog.
 *
 * @throws {CupelError} `bad-input` where the task or the baseline cannot be used, or the baseline does not
 * pass its own cases; `cancelled` where the signal was aborted.
 */
export async function judgeMutants(
  init: JudgeInit,
  mutants: readonly Mutant[],
  { workers, signal, onProgress }: JudgeOptions,
): Promise<JudgedMutants> {
  const size = Math.max(1, Math.min(workers, mutants.length));
  const pool: Pool = new WorkerPool({
    program: PROGRAM,
    size,
    init,
    deadlineMs: init.limits.deadlineMs,
  });
  try {
    const described = await describe(pool, size, signal);
    if (described.kind !== "task") throw asError(described);
    const { task, cases, fuel } = described;
    const outcomes: MutantOutcome[] = [];
    const start = ({ edit }: Mutant) => doJob(pool, { kind: "mutant", edit }, signal);
    for await (const item of inIndexOrder(mutants, start, () => AHEAD * size)) {
      if (item.kind !== "outcome") throw asError(item);
      outcomes.push(item.outcome);
      onProgress?.(outcomes.length, mutants.length);
    }
    return { task, cases, fuel, outcomes };
  } finally {
    await pool.close();
  }
}

/** Lets all threads get ready at the same time; they are alike, so the first answer is as good as any. */
function describe(pool: Pool, size: number, signal?: AbortSignal): Promise<JudgeItem> {
  const answers = Array.from({ length: size }, () => doJob(pool, { kind: "describe" }, signal));
  for (const answer of answers) answer.catch(() => {});
  return Promise.race(answers);
}

async function doJob(pool: Pool, job: JudgeJob, signal?: AbortSignal): Promise<JudgeItem> {
  const items: JudgeItem[] = [];
  try {
    signal?.throwIfAborted();
    await pool.run(job, {
      onItem: (item) => items.push(item),
      resume: (delivered) => delivered === 0 ? job : null,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw cancelled();
    throw error;
  }
  const [item] = items;
  if (item === undefined) throw new TypeError("Cannot judge a mutant as its job gave nothing");
  return item;
}

function asError(item: JudgeItem): CupelError {
  if (item.kind === "problem") return new CupelError("bad-input", item.problem);
  return new CupelError("internal", `Cannot use ${item.kind} as the answer to a job`);
}

import { WorkerPool } from "../../sandbox/pool/worker_pool.ts";
import { loadEngines } from "../../sandbox/engines.ts";
import type { Batch } from "../evaluate/batch.ts";
import type { CaseAddress, CaseDetail } from "../evaluate/case_detail.ts";
import type { CaseResult } from "../evaluate/case_result.ts";
import type { Dispatcher } from "../evaluate/dispatcher.ts";
import type { RunSpec } from "../evaluate/run_spec.ts";
import type { ShrinkRequest, Shrunk } from "../evaluate/shrink.ts";
import type { TaskDescription } from "../evaluate/task_description.ts";
import { type ExecutorInit, type ExecutorItem, type ExecutorJob, remainder } from "./jobs.ts";
import { isSameRun } from "./same_run.ts";
import { cancelled } from "../errors.ts";
import { caseOf, detailOf, shrunkOf, taskOf } from "./items.ts";

type Pool = WorkerPool<ExecutorInit, ExecutorJob, ExecutorItem>;

/** A pool whose threads start while the run for it is still being made ready. */
interface WarmPool {
  pool: Pool;
  size: number;
  deadlineMs: number;
  start(init: Promise<ExecutorInit>): void;
}

const PROGRAM = new URL("./batch_worker.ts", import.meta.url);

/** Executes batches on worker threads of this machine, under a watchdog. */
export class LocalDispatcher implements Dispatcher {
  readonly width: number;
  #run: RunSpec | undefined;
  #pool: Pool | undefined;
  #warm: WarmPool | undefined;

  /** @param workers Number of worker threads, at least 1. */
  constructor(workers: number) {
    this.width = workers;
  }

  /** Starts the threads for a run whose sources are not ready yet. Only a saving of time. */
  warmUp({ n, limits: { deadlineMs } }: Pick<RunSpec, "n" | "limits">): void {
    if (this.#pool !== undefined || this.#warm !== undefined) return;
    const { promise, resolve } = Promise.withResolvers<ExecutorInit>();
    const size = Math.min(this.width, n);
    const pool = newPool(promise, size, deadlineMs);
    pool.warmUp();
    this.#warm = { pool, size, deadlineMs, start: resolve };
  }

  /**
   * Loads a run's guests in every thread, so that threads, and the code that loads guests, are ready when
   * another run comes. Only a saving of time: what is wrong with this one does not matter.
   */
  async rehearse(run: RunSpec): Promise<void> {
    await Promise.allSettled(this.#describe(run));
  }

  async prepare(run: RunSpec, signal?: AbortSignal): Promise<TaskDescription> {
    // The first to answer is enough to go on with. What one of the others says, it says again when it
    // gets a batch.
    const answers = this.#describe(run, signal);
    for (const answer of answers) answer.catch(() => {});
    return taskOf(await Promise.race(answers));
  }

  /** Every worker that the run can use starts now, all at the same time. */
  #describe(run: RunSpec, signal?: AbortSignal): Promise<ExecutorItem[]>[] {
    const describe = () => doJob(this.#poolOf(run), { kind: "describe" }, signal);
    return Array.from({ length: Math.min(this.width, run.n) }, describe);
  }

  async execute(run: RunSpec, batch: Batch, signal?: AbortSignal): Promise<CaseResult[]> {
    const items = await doJob(this.#poolOf(run), { kind: "cases", batch }, signal);
    return items.map(caseOf);
  }

  async shrink(run: RunSpec, request: ShrinkRequest, signal?: AbortSignal): Promise<Shrunk> {
    return shrunkOf(await doJob(this.#poolOf(run), { kind: "shrink", request }, signal));
  }

  async examine(
    run: RunSpec,
    cases: CaseAddress[],
    signal?: AbortSignal,
  ): Promise<CaseDetail[]> {
    const fresh = newPool(initOf(run), 1, run.limits.deadlineMs);
    try {
      const items = await doJob(fresh, { kind: "examine", cases }, signal);
      return items.map(detailOf);
    } finally {
      await fresh.close();
    }
  }

  async close(): Promise<void> {
    const [pool, warm] = [this.#pool, this.#warm];
    this.#run = undefined;
    this.#pool = undefined;
    this.#warm = undefined;
    await Promise.all([warm?.pool.close(), pool?.close()]);
  }

  /** Workers are started for one run: its guests are loaded in each of them. */
  #poolOf(run: RunSpec): Pool {
    if (this.#pool !== undefined && isSameRun(this.#run, run)) return this.#pool;
    const warm = this.#takeWarm(run);
    const [last, lastRun] = [this.#pool, this.#run];
    const closing = Promise.withResolvers<void>();
    const init = Promise.all([initOf(run), closing.promise]).then(([init]) => init);
    init.catch(() => {}); // Every job sees the error; it must not end the process.
    const pool = warm?.pool ?? newPool(init, this.width, run.limits.deadlineMs);
    // A thread is watched with the deadline that it was made with.
    if (last !== undefined && lastRun?.limits.deadlineMs === run.limits.deadlineMs) {
      pool.takeOver(last);
    }
    this.close().then(closing.resolve, closing.reject);
    warm?.start(init);
    this.#run = run;
    this.#pool = pool;
    return pool;
  }

  /** The pool that was made for such a run: one of enough threads, with the same deadline. */
  #takeWarm({ n, limits }: RunSpec): WarmPool | undefined {
    const warm = this.#warm;
    if (warm?.deadlineMs !== limits.deadlineMs || warm.size < Math.min(this.width, n)) return;
    this.#warm = undefined;
    return warm;
  }
}

function newPool(init: Promise<ExecutorInit>, size: number, deadlineMs: number): Pool {
  return new WorkerPool({ program: PROGRAM, size, init, deadlineMs });
}

async function initOf(run: RunSpec): Promise<ExecutorInit> {
  const { task, baseline, candidate, limits, seed, repetitions } = run;
  return {
    engines: await loadEngines([task, baseline, candidate]),
    run: { task, baseline, candidate, limits, seed, repetitions },
  };
}

async function doJob(pool: Pool, job: ExecutorJob, signal?: AbortSignal): Promise<ExecutorItem[]> {
  if (signal?.aborted) throw cancelled();
  const items: ExecutorItem[] = [];
  try {
    await pool.run(job, {
      onItem: (item) => items.push(item),
      resume: (delivered) => remainder(job, delivered),
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw cancelled();
    throw error;
  }
  return items;
}

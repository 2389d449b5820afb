import { setImmediate } from "node:timers/promises";
import { loadEngines } from "../../sandbox/engines.ts";
import type { Batch } from "../evaluate/batch.ts";
import type { CaseAddress, CaseDetail } from "../evaluate/case_detail.ts";
import type { CaseResult } from "../evaluate/case_result.ts";
import type { Dispatcher } from "../evaluate/dispatcher.ts";
import type { RunSpec } from "../evaluate/run_spec.ts";
import type { ShrinkRequest, Shrunk } from "../evaluate/shrink.ts";
import type { TaskDescription } from "../evaluate/task_description.ts";
import { cancelled } from "../errors.ts";
import { caseOf, detailOf, shrunkOf, taskOf } from "./items.ts";
import { isSameRun } from "./same_run.ts";
import { type Executor, startExecutor } from "./executor.ts";
import type { ExecutorItem, ExecutorJob } from "./jobs.ts";

/**
 * Executes batches in this very thread, where there are no worker threads. Nothing watches the wall
 * clock here: fuel alone ends what does not end by itself.
 */
export class InlineDispatcher implements Dispatcher {
  readonly width = 1;
  #run: RunSpec | undefined;
  #executor: Promise<Executor> | undefined;

  async prepare(run: RunSpec, signal?: AbortSignal): Promise<TaskDescription> {
    return taskOf(await this.#do(run, { kind: "describe" }, signal));
  }

  async execute(run: RunSpec, batch: Batch, signal?: AbortSignal): Promise<CaseResult[]> {
    const results: CaseResult[] = [];
    for (let index = batch.start; index < batch.end; index++) {
      const one = { start: index, end: index + 1 };
      const items = await this.#do(run, { kind: "cases", batch: one }, signal);
      results.push(...items.map(caseOf));
      // Between two cases everything else gets its turn: a cancellation, a progress bar.
      await setImmediate();
    }
    return results;
  }

  async shrink(run: RunSpec, request: ShrinkRequest, signal?: AbortSignal): Promise<Shrunk> {
    return shrunkOf(await this.#do(run, { kind: "shrink", request }, signal));
  }

  async examine(
    run: RunSpec,
    cases: CaseAddress[],
    signal?: AbortSignal,
  ): Promise<CaseDetail[]> {
    const fresh = new InlineDispatcher();
    const items = await fresh.#do(run, { kind: "examine", cases }, signal);
    return items.map(detailOf);
  }

  close(): Promise<void> {
    this.#run = undefined;
    this.#executor = undefined;
    return Promise.resolve();
  }

  async #do(run: RunSpec, job: ExecutorJob, signal?: AbortSignal): Promise<ExecutorItem[]> {
    const execute = await this.#executorOf(run);
    if (signal?.aborted) throw cancelled();
    const items: ExecutorItem[] = [];
    execute(job, { guard: (call) => call(), emit: (item) => items.push(item) });
    return items;
  }

  #executorOf(run: RunSpec): Promise<Executor> {
    if (this.#executor !== undefined && isSameRun(this.#run, run)) return this.#executor;
    this.#run = run;
    this.#executor = loadEngines([run.task, run.baseline, run.candidate]).then((engines) =>
      startExecutor({ engines, run }, { guard: (call) => call() })
    );
    return this.#executor;
  }
}

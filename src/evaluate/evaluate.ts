import { cancelled, CupelError } from "../errors.ts";
import { type Batch, planBatches } from "./batch.ts";
import type { CaseResult } from "./case_result.ts";
import type { Dispatcher } from "./dispatcher.ts";
import { inIndexOrder } from "./index_order.ts";
import type { RunSpec } from "./run_spec.ts";

/** What may be wanted of {@linkcode evaluate}. */
export interface EvaluateOptions {
  /** Aborting it stops the run: the next result asked for throws a `cancelled` error. */
  signal?: AbortSignal;
}

/**
 * Evaluates a run: gives each of its cases' results exactly once, in index order, as they come.
 *
 * Batches are dispatched only a little ahead of what is asked for, so that memory does not grow with
 * the number of cases. A caller that has seen enough breaks out of its loop: what is queued and
 * running is cancelled then.
 *
 * @param run What to evaluate; the dispatcher has prepared it.
 * @throws {CupelError} `cancelled` when the signal was aborted.
 *
 * @example
 * ```ts
 * const description = await dispatcher.prepare(run);
 * for await (const result of evaluate(run, dispatcher)) summary.add(result);
 * ```
 */
export async function* evaluate(
  run: RunSpec,
  dispatcher: Dispatcher,
  options: EvaluateOptions = {},
): AsyncGenerator<CaseResult, void, void> {
  const stop = new AbortController();
  const onAbort = () => stop.abort();
  options.signal?.addEventListener("abort", onAbort);
  if (options.signal?.aborted) stop.abort();
  const execute = async (batch: Batch) => {
    if (stop.signal.aborted) throw cancelled();
    return checkBatch(batch, await dispatcher.execute(run, batch, stop.signal));
  };
  try {
    const endOf = (start: number) => dispatcher.endOf?.(start, run.n);
    const batches = planBatches(run.n, dispatcher.width, endOf);
    for await (const results of inIndexOrder(batches, execute, () => 4 * dispatcher.width)) {
      for (const result of results) {
        if (options.signal?.aborted) throw cancelled();
        yield result;
      }
    }
  } finally {
    options.signal?.removeEventListener("abort", onAbort);
    stop.abort();
  }
}

/** A dispatcher that loses, repeats or mixes up cases must not pass unnoticed. */
function checkBatch(batch: Batch, results: CaseResult[]): CaseResult[] {
  const complete = results.length === batch.end - batch.start &&
    results.every((result, at) => result.index === batch.start + at);
  if (complete) return results;
  throw new CupelError(
    "internal",
    `Cannot use the results of batch ${batch.start} to ${batch.end} as they must hold each index ` +
      `once, in order: current value is ${results.length} results`,
  );
}

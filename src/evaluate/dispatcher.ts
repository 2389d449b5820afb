import type { Batch } from "./batch.ts";
import type { CaseAddress, CaseDetail } from "./case_detail.ts";
import type { CaseResult } from "./case_result.ts";
import type { RunSpec } from "./run_spec.ts";
import type { ShrinkRequest, Shrunk } from "./shrink.ts";
import type { TaskDescription } from "./task_description.ts";

/** What takes batches and gives back case results: a local pool, or a cluster. */
export interface Dispatcher {
  /** Number of batches that it executes at a time; it may change while a run goes on. */
  readonly width: number;
  /**
   * The end of the batch that begins at `start`, of a run of n cases, where it knows better than to cut
   * them evenly. Greater than `start`.
   */
  endOf?(start: number, n: number): number | undefined;
  /**
   * Loads the run's task and arms once, before any batch, and says what the task is.
   *
   * @throws {CupelError} `bad-input`, naming the file, when one cannot be loaded or lacks the entry.
   */
  prepare(run: RunSpec, signal?: AbortSignal): Promise<TaskDescription>;
  /**
   * Executes one batch: one result for each index, in index order. Calling it twice for the same
   * batch gives the same results, wall-clock times apart.
   *
   * @throws {CupelError} `cancelled` when the signal is aborted first.
   */
  execute(run: RunSpec, batch: Batch, signal?: AbortSignal): Promise<CaseResult[]>;
  /**
   * Makes a violation's input smaller.
   *
   * @throws {CupelError} `cancelled` when the signal is aborted first.
   */
  shrink(run: RunSpec, request: ShrinkRequest, signal?: AbortSignal): Promise<Shrunk>;
  /**
   * Runs cases once more and gives all that there is to see of them, in the order asked for. Everything
   * is loaded anew for it: nothing that happened before can have a part in what comes out.
   *
   * @throws {CupelError} `bad-input` when the run's files cannot be used, `cancelled` when the signal is
   * aborted first.
   */
  examine(run: RunSpec, cases: CaseAddress[], signal?: AbortSignal): Promise<CaseDetail[]>;
  /** Ends what it started. Calling it again does nothing. */
  close(): Promise<void>;
}

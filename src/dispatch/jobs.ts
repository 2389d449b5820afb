import type { Engines } from "../../sandbox/engines.ts";
import type { Batch } from "../evaluate/batch.ts";
import type { CaseAddress, CaseDetail } from "../evaluate/case_detail.ts";
import type { CaseResult } from "../evaluate/case_result.ts";
import type { GuestSpec } from "../evaluate/load_guests.ts";
import type { RunSpec } from "../evaluate/run_spec.ts";
import type { ShrinkRequest, Shrunk } from "../evaluate/shrink.ts";
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

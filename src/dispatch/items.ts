import type { CaseResult } from "../evaluate/case_result.ts";
import { CupelError } from "../errors.ts";
import type { TaskDescription } from "../evaluate/run_spec.ts";
import type { ExecutorItem } from "./executor.ts";

/**
 * The task that a `describe` job told of.
 *
 * @throws {CupelError} `bad-input` with what is wrong with the run's files.
 */
export function taskOf(items: readonly ExecutorItem[]): TaskDescription {
  const [item] = items;
  if (item?.kind === "task") return item.task;
  throw asError(item);
}

/**
 * The result that an item of a `cases` job is.
 *
 * @throws {CupelError} `bad-input` with what is wrong with the run's files.
 */
export function caseOf(item: ExecutorItem): CaseResult {
  if (item.kind === "case") return item.result;
  throw asError(item);
}

function asError(item: ExecutorItem | undefined): CupelError {
  if (item?.kind === "problem") return new CupelError("bad-input", item.problem);
  return new CupelError("internal", `Cannot use ${item?.kind ?? "nothing"} as the answer to a job`);
}

/** What a cancelled job rejects with. */
export function cancelled(): CupelError {
  return new CupelError("cancelled", "The run was cancelled.");
}

import { CupelError } from "../errors.ts";
import type { CaseDetail } from "../evaluate/case_detail.ts";
import type { CaseResult } from "../evaluate/case_result.ts";
import type { Shrunk } from "../evaluate/shrink.ts";
import type { TaskDescription } from "../evaluate/task_description.ts";
import type { ExecutorItem } from "./jobs.ts";

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

/**
 * What a `shrink` job came to.
 *
 * @throws {CupelError} `bad-input` with what is wrong with the run's files.
 */
export function shrunkOf(items: readonly ExecutorItem[]): Shrunk {
  const [item] = items;
  if (item?.kind === "shrunk") return item.shrunk;
  throw asError(item);
}

/**
 * What an item of an `examine` job shows.
 *
 * @throws {CupelError} `bad-input` with what is wrong with the run's files.
 */
export function detailOf(item: ExecutorItem): CaseDetail {
  if (item.kind === "detail") return item.detail;
  throw asError(item);
}

function asError(item: ExecutorItem | undefined): CupelError {
  if (item?.kind === "problem") return new CupelError("bad-input", item.problem);
  return new CupelError("internal", `Cannot use ${item?.kind ?? "nothing"} as the answer to a job`);
}

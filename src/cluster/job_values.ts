import * as z from "zod";
import type { Value } from "../../sandbox/values/value.ts";
import type { Batch } from "../evaluate/batch.ts";
import type { CaseAddress, CaseDetail } from "../evaluate/case_detail.ts";
import { ARMS, type CaseResult } from "../evaluate/case_result.ts";
import { parseDescription } from "../evaluate/description_reply.ts";
import { ReplyError } from "../evaluate/reply_fields.ts";
import type { ShrinkRequest, Shrunk } from "../evaluate/shrink.ts";
import type { TaskDescription } from "../evaluate/task_description.ts";
import { caseDetailSchema, caseResultSchema, count } from "./case_values.ts";
import { MOST_PATH } from "./messages.ts";
import { MessageError, parseValue } from "./parse_message.ts";

// What a node says that a job came to is looked at before the job counts as done: figures are made of it,
// and a node that talks nonsense must not end a run that others can finish.

/** What a result must fit of the task that it is of. */
export type ResultShape = Pick<TaskDescription, "metrics" | "clusters" | "groups">;

const casesSchema = z.array(caseResultSchema);
const detailsSchema = z.array(caseDetailSchema);

const shrunkSchema: z.ZodType<Shrunk> = z.object({
  index: count,
  path: z.array(count).max(MOST_PATH),
  size: count,
  tries: count,
  ended: z.enum(["minimal", "tries", "fuel"]),
});

/**
 * A task's description, as a node gives it.
 *
 * @throws {MessageError} where it is none.
 */
export function readDescription(value: Value): TaskDescription {
  try {
    const description = parseDescription(value);
    if (!("problem" in description)) return description;
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
    throw new MessageError(`Cannot read a task's description: ${error.message}`, { cause: error });
  }
  throw new MessageError("Cannot read a task's description: it is a problem with one");
}

/**
 * The results of a batch, as a node gives them: one for each index, in order.
 *
 * @param task Its description, once it is known.
 * @throws {MessageError} where they are none, or another batch's.
 */
export function readCases(value: Value, { start, end }: Batch, task?: ResultShape): CaseResult[] {
  const results = read(casesSchema, value, "the results of a batch");
  const isComplete = results.length === end - start &&
    results.every(({ index }, at) => index === start + at);
  if (!isComplete) {
    throw new MessageError(
      `Cannot read the results of a batch: they are not those of cases ${start} to ${end - 1}`,
    );
  }
  const odd = task && results.find((result) => !fits(result, task));
  if (odd === undefined) return results;
  throw new MessageError(
    `Cannot read the results of a batch: case ${odd.index} has other metrics, clusters or groups than its task`,
  );
}

function fits(result: CaseResult, { metrics, clusters, groups }: ResultShape): boolean {
  return !result.valid ||
    ARMS.every((arm) => result.arms[arm].metrics.length === metrics.length) &&
      (result.cluster !== undefined) === clusters &&
      (result.group !== undefined) === groups;
}

/**
 * What shrinking came to, as a node gives it.
 *
 * @throws {MessageError} where it is none, or another case's.
 */
export function readShrunk(value: Value, { index }: ShrinkRequest): Shrunk {
  const shrunk = read(shrunkSchema, value, "what a case shrinks to");
  if (shrunk.index === index) return shrunk;
  throw new MessageError(`Cannot read what case ${index} shrinks to: it is case ${shrunk.index}`);
}

/**
 * Cases in full, as a node gives them: in the order asked for.
 *
 * @throws {MessageError} where they are none, or others.
 */
export function readDetails(value: Value, cases: readonly CaseAddress[]): CaseDetail[] {
  const details = read(detailsSchema, value, "cases in full");
  const areAsked = details.length === cases.length &&
    details.every((detail, at) => isAt(detail, cases[at]));
  if (areAsked) return details;
  throw new MessageError("Cannot read cases in full: they are not those that were asked for");
}

function isAt(detail: CaseDetail, address: CaseAddress | undefined): boolean {
  if (detail.index !== address?.index) return false;
  return !detail.valid || detail.path.join() === address.path.join();
}

/** Keys stay in their order, and are all there: what goes into a report is what the node gave. */
function read<T>(schema: z.ZodType<T>, value: Value, what: string): T {
  parseValue(schema, value, what);
  return value as T & Value;
}

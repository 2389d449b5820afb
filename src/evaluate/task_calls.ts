import type { Failure, Outcome } from "../../sandbox/outcome.ts";
import { CodecError } from "../../sandbox/values/codec_error.ts";
import { encode } from "../../sandbox/values/encode.ts";
import type { Value } from "../../sandbox/values/value.ts";
import { taskCallSeed } from "./call_seed.ts";
import type { CaseContext } from "./case_context.ts";
import { digest } from "./digest.ts";
import { ReplyError } from "./reply_fields.ts";
import {
  type FollowUpReply,
  type Judgement,
  parseFollowUps,
  parseFormatted,
  parseJudgement,
  parsePlan,
  parsePlans,
  type PlanReply,
} from "./task_replies.ts";

/** Why a call of the task gave nothing. */
export interface Failed {
  failure: Failure;
}

/** An input with its encoded text and the digest that names it. */
export interface PlannedInput {
  input: Value[];
  text: string;
  digest: string;
}

/** A follow-up, ready to be asked. */
export interface PlannedFollowUp extends PlannedInput {
  relation: string;
}

/** A case, ready to be asked. */
export interface PlannedCase extends PlannedInput {
  /** The baseline's output, for a candidate's case where the two must be the same. */
  reference?: { output: Value };
  /** What the baseline threw, for a candidate's case where the two must be the same. */
  thrown?: string;
  /** For a candidate's case: relations that the baseline's output gave follow-ups. */
  fedBack?: readonly string[];
  index: number;
  followUps: PlannedFollowUp[];
  cluster?: string;
  group?: string;
}

/** Lets the task plan a case, or what a path of shrinks makes of it. */
export function planCase(
  context: CaseContext,
  index: number,
  path: readonly number[] = [],
): PlannedCase | Failed {
  const args: Value[] = path.length === 0
    ? [context.seed, index]
    : [context.seed, index, [...path]];
  const reply = callTask(context, index, "plan", args, (value) => parsePlan(value, context.task));
  return "failure" in reply ? reply : prepare(reply, index);
}

/** Lets the task plan some of the smaller cases that a case shrinks to. */
export function planShrinks(
  context: CaseContext,
  index: number,
  path: readonly number[],
  start: number,
  most: number,
): PlannedCase[] | Failed {
  const args: Value[] = [context.seed, index, [...path], start, most];
  const parse = (value: Value) => parsePlans(value, context.task, most);
  const reply = callTask(context, index, "shrink", args, parse);
  return "failure" in reply ? reply : reply.map((plan) => prepare(plan, index));
}

/** Lets the task derive the follow-ups that need the source's output. */
export function deriveFromOutput(
  context: CaseContext,
  { index, input }: PlannedCase,
  output: Value,
): PlannedFollowUp[] | Failed {
  if (!context.task.feedsBack) return [];
  const args: Value[] = [context.seed, index, input, output];
  const parse = (value: Value) => parseFollowUps(value, context.task);
  const reply = callTask(context, index, "feedBack", args, parse);
  return "failure" in reply ? reply : reply.map(prepareFollowUp);
}

/** Lets the task judge an output and what was answered to its follow-ups. */
export function judgeOutput(
  context: CaseContext,
  { index, input, reference }: PlannedCase,
  output: Value,
  followUps: { relation: string; input: Value[]; output: Value }[],
): Judgement | Failed {
  const args: Value[] = [input, output, followUps.map((followUp) => ({ ...followUp }))];
  // In a list, as it may be `undefined`.
  if (reference !== undefined) args.push([reference.output]);
  return callTask(context, index, "judge", args, (value) => parseJudgement(value, context.task));
}

/** Lets the task show inputs or outputs in its own way; `undefined` for those it leaves to us. */
export function formatValues(
  context: CaseContext,
  what: "formatInputs" | "formatOutputs",
  values: readonly Value[],
): (string | undefined)[] {
  if (!context.task.formats) return values.map(() => undefined);
  const reply = callTask(context, 0, what, [[...values]], parseFormatted);
  return "failure" in reply ? values.map(() => undefined) : reply;
}

function callTask<Reply>(
  { guests, seed, guard }: CaseContext,
  index: number,
  call: string,
  args: Value[],
  parse: (value: Value) => Reply,
): Reply | Failed {
  const options = { seed: taskCallSeed(seed, index, call) };
  const outcome = guard(() => handOver(() => guests.task.call(call, args, options)));
  if (!outcome.ok) return { failure: outcome.failure };
  try {
    return parse(outcome.value);
  } catch (error) {
    // A reply of the wrong form is a failure of the task like any other.
    if (!(error instanceof ReplyError)) throw error;
    return { failure: { kind: "bad-output", message: error.message } };
  }
}

/** Outputs in the list of follow-ups lie deeper than they did in the arm, and may so be too deep. */
function handOver(call: () => Outcome): Outcome {
  try {
    return call();
  } catch (error) {
    if (!CodecError.is(error)) throw error;
    const failure = { kind: "bad-output" as const, message: error.message };
    return { ok: false, failure, usage: { fuel: 0, memoryBytes: 0, wallMs: 0 }, output: [] };
  }
}

function prepare(plan: PlanReply, index: number): PlannedCase {
  const { cluster, group } = plan;
  return {
    index,
    ...named(plan.input),
    followUps: plan.followUps.map(prepareFollowUp),
    ...(cluster === undefined ? {} : { cluster }),
    ...(group === undefined ? {} : { group }),
  };
}

function prepareFollowUp({ relation, input }: FollowUpReply): PlannedFollowUp {
  return { relation, ...named(input) };
}

function named(input: Value[]): PlannedInput {
  const text = encode(input);
  return { input, text, digest: digest(text) };
}

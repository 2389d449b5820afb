import type { Isolate } from "../../sandbox/isolate.ts";
import type { Failure, Outcome } from "../../sandbox/outcome.ts";
import { CodecError } from "../../sandbox/values/codec_error.ts";
import { encode } from "../../sandbox/values/encode.ts";
import type { Value } from "../../sandbox/values/value.ts";
import { type Answer, type Answers, askArm, type Guard, sameAnswers } from "./answers.ts";
import { callSeed } from "./call_seed.ts";
import type { Arm, ArmResult, CaseResult, Violation } from "./case_result.ts";
import { digest } from "./digest.ts";
import type { TaskDescription } from "./run_spec.ts";
import {
  type Judgement,
  parseJudgement,
  parsePlan,
  type PlannedCase,
  ReplyError,
} from "./task_replies.ts";

/** The three isolates of a run: the arms' code never shares one with each other or the task. */
export type Guests = Record<"task" | Arm, Isolate>;

/** What every case of a run has in common. */
export interface CaseContext {
  guests: Guests;
  task: TaskDescription;
  /** Seed of the run. */
  seed: number;
  guard: Guard;
}

const MOST_INPUT_CHARACTERS = 64 * 1024;
const MOST_MESSAGE_CHARACTERS = 1000;

/** A judgement; or why there is none. */
type Judged = Judgement | { failure: Failure };

/**
 * Runs one case: the task plans it, both arms answer on identical inputs, the task judges.
 *
 * Synchronous, and a function of the artifacts, the seed, the limits and the index alone (wall-clock
 * times apart): whoever runs the case gets the same result. Who is blamed for which failure stands
 * in docs/evaluate.md.
 */
export function runCase(context: CaseContext, index: number): CaseResult {
  const planned = plan(context, index);
  if ("failure" in planned) return invalid(index, "Cannot generate the case", planned.failure);
  const baselineAnswers = ask(context, "baseline", planned, index);
  const candidateAnswers = ask(context, "candidate", planned, index);
  const baselineJudged = judge(context, planned, baselineAnswers, index);
  if ("failure" in baselineJudged) {
    return invalid(index, "Cannot judge the baseline's output", baselineJudged.failure);
  }
  const candidateJudged = sameAnswers(baselineAnswers, candidateAnswers)
    ? baselineJudged
    : judge(context, planned, candidateAnswers, index);
  const arms = {
    baseline: armResult(baselineAnswers, baselineJudged),
    candidate: armResult(candidateAnswers, candidateJudged),
  };
  return { index, valid: true, ...describeInput(planned.input, arms), arms };
}

function plan(context: CaseContext, index: number): PlannedCase | { failure: Failure } {
  const { guests, task, seed, guard } = context;
  const outcome = guard(() =>
    guests.task.call("plan", [seed, index], { seed: callSeed(seed, index, "plan") })
  );
  if (!outcome.ok) return outcome;
  return parsed(() => parsePlan(outcome.value, task));
}

function ask(context: CaseContext, arm: Arm, planned: PlannedCase, index: number): Answers {
  const { guests, task, seed, guard } = context;
  const seedOf = (call: string) => callSeed(seed, index, call);
  return askArm(guests[arm], task.entry, planned, seedOf, guard);
}

/** Judges what was answered. Where the source call failed there is nothing to judge. */
function judge(
  context: CaseContext,
  planned: PlannedCase,
  answers: Answers,
  index: number,
): Judged {
  const { guests, task, seed, guard } = context;
  const { source } = answers;
  if (!source.ok) return { violations: [], checked: [] };
  const followUps: Value[] = [];
  for (const { relation, input, answer } of answers.followUps) {
    if (answer.ok) followUps.push({ relation, input, output: answer.value });
  }
  const outcome = guard(() =>
    handOver(() =>
      guests.task.call("judge", [planned.input, source.value, followUps], {
        seed: callSeed(seed, index, "judge"),
      })
    )
  );
  if (!outcome.ok) return outcome;
  return parsed(() => parseJudgement(outcome.value, task));
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

/** A reply of the wrong form is a failure of the task like any other. */
function parsed<T>(parse: () => T): T | { failure: Failure } {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
    return { failure: { kind: "bad-output", message: error.message } };
  }
}

function armResult(answers: Answers, judged: Judged): ArmResult {
  const failures = failuresOf(answers);
  const violations = failures.map(({ kind, message }) => failureViolation(kind, message));
  let checked: string[] = [];
  if ("failure" in judged) {
    const { kind, message } = judged.failure;
    violations.push(failureViolation(kind, `the task failed to judge this output: ${message}`));
    failures.push(judged.failure);
  } else {
    violations.push(...judged.violations);
    checked = judged.checked;
  }
  const [failure] = failures;
  return {
    passed: violations.length === 0,
    violations,
    checked,
    usage: answers.usage,
    calls: answers.calls,
    outputDigest: answers.source.ok ? digest(answers.source.text) : answers.source.failure.kind,
    ...(failure === undefined ? {} : { failure: failure.kind }),
  };
}

function failuresOf({ source, followUps }: Answers): Failure[] {
  const failed = (answer: Answer, where: string): Failure[] =>
    answer.ok ? [] : [{ ...answer.failure, message: where + answer.failure.message }];
  return [
    ...failed(source, ""),
    ...followUps.flatMap(({ relation, answer }) =>
      failed(answer, `in the follow-up of ${JSON.stringify(relation)}: `)
    ),
  ];
}

function failureViolation(kind: Failure["kind"], message: string): Violation {
  return { kind: "failure", name: kind, message: bounded(message) };
}

/** The input's digest and size; the input itself where a person may want to look at it. */
function describeInput(input: Value[], arms: Record<Arm, ArmResult>) {
  const text = encode(input);
  const described = { inputDigest: digest(text), inputSize: text.length };
  const failed = !arms.baseline.passed || !arms.candidate.passed;
  return failed && text.length <= MOST_INPUT_CHARACTERS ? { ...described, input } : described;
}

function invalid(index: number, what: string, { kind, message }: Failure): CaseResult {
  return { index, valid: false, error: { kind, message: bounded(`${what}: ${message}`) } };
}

function bounded(message: string): string {
  if (message.length <= MOST_MESSAGE_CHARACTERS) return message;
  return `${message.slice(0, MOST_MESSAGE_CHARACTERS)}…`;
}

import type { Artifact } from "../../sandbox/artifact.ts";
import { mapStackTrace } from "../../sandbox/bundle/stack_trace.ts";
import type { Failure, Outcome, OutputLine, Usage } from "../../sandbox/outcome.ts";
import { encode } from "../../sandbox/values/encode.ts";
import type { Value } from "../../sandbox/values/value.ts";
import type { CallOptions } from "../../sandbox/isolate.ts";
import type { CaseContext } from "./case_context.ts";
import type { Arm } from "./case_result.ts";
import type { PlannedFollowUp, PlannedInput } from "./task_calls.ts";

/** What an arm answered to one call: a value with its encoded text, or a failure. */
export type Answer =
  & { usage: Usage; console: OutputLine[] }
  & ({ ok: true; value: Value; text: string } | { ok: false; failure: Failure });

/** What an arm answered to a follow-up. */
export interface FollowUpAnswer extends PlannedFollowUp {
  answer: Answer;
}

/** What an arm answered to the calls of one case. */
export interface Answers {
  source: Answer;
  /** In the order of the plan. Empty where the source call failed. */
  followUps: FollowUpAnswer[];
  /** Sum over the calls that were made; the peak for memory. */
  usage: Usage;
  /** Calls that were made. */
  calls: number;
}

/**
 * Asks one arm what a case has to ask, each input once: calls start from the same image, and their seed
 * is a function of the input, so that asking again would give the same answer.
 */
export class Questioner {
  readonly #ask: (planned: PlannedInput) => Outcome;
  readonly #artifact: Artifact;
  readonly #answers = new Map<string, Answer>();
  readonly usage: Usage = { fuel: 0, memoryBytes: 0, wallMs: 0 };

  constructor(
    { guests, artifacts, task, guard }: CaseContext,
    arm: Arm,
    seedOf: (inputDigest: string) => CallOptions["seed"],
  ) {
    this.#artifact = artifacts[arm];
    this.#ask = ({ input, digest }) =>
      guard(() => guests[arm].call(task.entry, input, { seed: seedOf(digest) }));
  }

  /** Calls that were made. */
  get calls(): number {
    return this.#answers.size;
  }

  /** The arm's answer to an input. */
  ask(planned: PlannedInput): Answer {
    const known = this.#answers.get(planned.digest);
    if (known !== undefined) return known;
    const answer = answerOf(this.#ask(planned), this.#artifact);
    this.#answers.set(planned.digest, answer);
    addUsage(this.usage, answer.usage);
    return answer;
  }
}

function answerOf(outcome: Outcome, artifact: Artifact): Answer {
  const { usage, output: console } = outcome;
  if (!outcome.ok) {
    return { ok: false, failure: inOwnLines(outcome.failure, artifact), usage, console };
  }
  return { ok: true, value: outcome.value, text: encode(outcome.value), usage, console };
}

/** A failure whose stack is in the lines of the arm's own files. */
function inOwnLines(failure: Failure, artifact: Artifact): Failure {
  if (failure.stack === undefined) return failure;
  const { stack: _, ...rest } = failure;
  const stack = mapStackTrace(failure.stack, artifact);
  return stack === "" ? rest : { ...rest, stack };
}

/** Whether two arms gave the same values to the same calls, so that one judgement serves both. */
export function sameAnswers(left: Answers, right: Answers): boolean {
  return sameAnswer(left.source, right.source) &&
    left.followUps.length === right.followUps.length &&
    left.followUps.every((followUp, at) => {
      const other = right.followUps[at];
      return other !== undefined && followUp.relation === other.relation &&
        followUp.text === other.text && sameAnswer(followUp.answer, other.answer);
    });
}

/** Two failures are alike in that neither is judged. */
function sameAnswer(left: Answer, right: Answer): boolean {
  return left.ok ? right.ok && left.text === right.text : !right.ok;
}

/** Adds a call's usage to a sum: fuel and time add up, memory is the peak. */
function addUsage(sum: Usage, usage: Usage): void {
  sum.fuel += usage.fuel;
  sum.memoryBytes = Math.max(sum.memoryBytes, usage.memoryBytes);
  sum.wallMs += usage.wallMs;
}

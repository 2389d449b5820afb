import type { CallOptions, Isolate } from "../../sandbox/isolate.ts";
import type { Failure, Outcome, Usage } from "../../sandbox/outcome.ts";
import { encode } from "../../sandbox/values/encode.ts";
import type { Value } from "../../sandbox/values/value.ts";
import type { PlannedCase } from "./task_replies.ts";

/** Runs an isolate's call under the watchdog of the worker that the code is in. */
export type Guard = (call: () => Outcome) => Outcome;

/** What an arm answered to one call: a value with its encoded text, or a failure. */
export type Answer = { ok: true; value: Value; text: string } | { ok: false; failure: Failure };

/** What an arm answered to the calls of one case. */
export interface Answers {
  source: Answer;
  /** In the order of the plan. Empty where the source call failed. */
  followUps: { relation: string; input: Value[]; answer: Answer }[];
  usage: Usage;
  calls: number;
}

/** Asks one arm all that a case has to ask. Follow-ups need the source's answer to be judged. */
export function askArm(
  arm: Isolate,
  entry: string,
  planned: PlannedCase,
  seedOf: (call: string) => CallOptions["seed"],
  guard: Guard,
): Answers {
  const usage: Usage = { fuel: 0, memoryBytes: 0, wallMs: 0 };
  let calls = 0;
  const ask = (input: Value[], call: string): Answer => {
    const outcome = guard(() => arm.call(entry, input, { seed: seedOf(call) }));
    calls++;
    addUsage(usage, outcome.usage);
    if (!outcome.ok) return outcome;
    return { ok: true, value: outcome.value, text: encode(outcome.value) };
  };
  const source = ask(planned.input, "source");
  const followUps = !source.ok ? [] : planned.followUps.map(({ relation, input }) => ({
    relation,
    input,
    answer: ask(input, `follow-up ${relation}`),
  }));
  return { source, followUps, usage, calls };
}

/** Whether two arms gave the same values to the same calls, so that one judgement serves both. */
export function sameAnswers(left: Answers, right: Answers): boolean {
  return sameAnswer(left.source, right.source) &&
    left.followUps.length === right.followUps.length &&
    left.followUps.every((followUp, at) => {
      const other = right.followUps[at];
      return other !== undefined && sameAnswer(followUp.answer, other.answer);
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

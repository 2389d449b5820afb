import type { Failure, OutputLine, Usage } from "../../sandbox/outcome.ts";
import type { Value } from "../../sandbox/values/value.ts";
import { armResult, type ArmRun } from "./arm_run.ts";
import { runArms } from "./case_runner.ts";
import type { CaseContext } from "./case_context.ts";
import { type Arm, type ArmResult, ARMS, type InvalidCase } from "./case_result.ts";
import { firstBroken } from "./repeat.ts";
import { formatValues } from "./task_calls.ts";

/** A value with the task's own way of showing it, if it has one. */
export interface ShownValue {
  value: Value;
  /** What the task's `format` makes of it. */
  text?: string;
}

/** One call of an arm, in full. */
export interface CallDetail {
  /** The relation that the call is a follow-up of; left out for the source call. */
  relation?: string;
  input: ShownValue;
  answer: { ok: true; output: ShownValue } | { ok: false; failure: Failure };
  /** What the arm wrote to its console. */
  console: OutputLine[];
  usage: Usage;
}

/** What one arm did in a case, in full. */
export interface ArmDetail {
  result: ArmResult;
  /** The source call, then the follow-ups. */
  calls: CallDetail[];
}

/** Names a case of a run, or one of the smaller ones that it shrinks to. */
export interface CaseAddress {
  index: number;
  /** The path of shrinks that leads to it; empty for the case as it was generated. */
  path: number[];
}

/** A case in full, for a person to look at. */
export type CaseDetail =
  | CaseAddress & {
    valid: true;
    inputDigest: string;
    input: ShownValue;
    arms: Record<Arm, ArmDetail>;
  }
  | InvalidCase;

/** Runs one case, or what a path of shrinks makes of it, and gives everything that there is to see. */
export function detailCase(
  context: CaseContext,
  { index, path }: CaseAddress,
): CaseDetail {
  const run = runArms(context, index, path);
  if ("valid" in run) return run;
  const { planned, arms } = run;
  const [input] = showAll(context, "formatInputs", [planned.baseline.input]);
  if (input === undefined) throw new TypeError("Cannot show an input");
  // A person wants to see what broke: of several repetitions the first that did.
  const details = ARMS.map((arm) => {
    const shown = firstBroken(context, arm, planned[arm], arms[arm]);
    return [arm, detailArm(context, input, shown)] as const;
  });
  return {
    index,
    valid: true,
    path,
    inputDigest: planned.baseline.digest,
    input,
    arms: Object.fromEntries(details) as Record<Arm, ArmDetail>,
  };
}

function detailArm(context: CaseContext, source: ShownValue, run: ArmRun): ArmDetail {
  const { answers } = run;
  const inputs = showAll(context, "formatInputs", answers.followUps.map(({ input }) => input));
  const calls = [
    { input: source, answer: answers.source },
    ...answers.followUps.map(
      ({ relation, answer }, at) => ({ relation, input: inputs[at] ?? source, answer }),
    ),
  ];
  const outputs = calls.flatMap(({ answer }) => answer.ok ? [answer.value] : []);
  const shown = showAll(context, "formatOutputs", outputs);
  const details = calls.map(({ answer, ...call }): CallDetail => ({
    ...call,
    answer: answer.ok
      ? { ok: true, output: shown.shift() ?? { value: answer.value } }
      : { ok: false, failure: answer.failure },
    console: answer.console,
    usage: answer.usage,
  }));
  return { result: armResult(run, context), calls: details };
}

function showAll(
  context: CaseContext,
  what: "formatInputs" | "formatOutputs",
  values: Value[],
): ShownValue[] {
  const texts = formatValues(context, what, values);
  return values.map((value, at) => {
    const text = texts[at];
    return text === undefined ? { value } : { value, text };
  });
}

import { encode } from "../../sandbox/values/encode.ts";
import type { Value } from "../../sandbox/values/value.ts";
import type { Counterexample, ViolationSummary } from "../collect/violation_summary.ts";
import type { CallDetail, ShownValue } from "../evaluate/case_detail.ts";
import type { TaskDescription } from "../evaluate/task_description.ts";
import { escapeLine } from "./escape.ts";
import { formatInput } from "./format_input.ts";
import { formatValue } from "./format_value.ts";
import type { CounterexampleReport, ShrunkReport, ViolationReport } from "./report.ts";
import type { SmallestCase } from "./shrink_violations.ts";

const MOST_TEXT_CHARACTERS = 2000;

/** Puts violations, and what they were shrunk to, into the shape of a report. */
export function reportViolations(
  violations: readonly ViolationSummary[],
  shrunk: ReadonlyMap<ViolationSummary, SmallestCase>,
  task: TaskDescription,
): ViolationReport[] {
  return violations.map((violation) => reportViolation(violation, shrunk.get(violation), task));
}

function reportViolation(
  violation: ViolationSummary,
  shrunk: SmallestCase | undefined,
  task: TaskDescription,
): ViolationReport {
  const { arm, kind, name, isHard, cases, smallest } = violation;
  const [first] = smallest;
  if (first === undefined) throw new TypeError(`Cannot report ${name}, as no case shows it`);
  return {
    arm,
    kind,
    name,
    severity: isHard ? "hard" : "soft",
    description: descriptionOf(violation, task),
    cases,
    smallest: reportCounterexample(first, task.entry),
    shrunk: shrunk === undefined ? null : reportShrunk(violation, shrunk, task.entry),
  };
}

function descriptionOf({ kind, name }: ViolationSummary, task: TaskDescription): string {
  if (kind === "failure") return "";
  const declared = kind === "property" ? task.properties : task.relations;
  return declared.find((item) => item.name === name)?.description ?? "";
}

function reportCounterexample(smallest: Counterexample, entry: string): CounterexampleReport {
  const { index, message, stack, size } = smallest;
  const what = { index, message, ...(stack === undefined ? {} : { stack }) };
  if (!("input" in smallest)) {
    const text = `an input of ${size} characters, not kept: the seed and the index make it again`;
    return { ...what, text };
  }
  return { ...what, ...shownInput({ value: smallest.input }, entry) };
}

function reportShrunk(
  { arm, kind, name }: ViolationSummary,
  { shrunk, detail }: SmallestCase,
  entry: string,
): ShrunkReport | null {
  if (!detail.valid) return null;
  const { index, path, tries, ended } = shrunk;
  const { result, calls } = detail.arms[arm];
  const found = [...result.violations, ...result.warnings]
    .find((violation) => violation.kind === kind && violation.name === name);
  const [source] = calls;
  const followUp = kind === "relation"
    ? calls.find(({ relation }) => relation === name)
    : undefined;
  return {
    index,
    message: found?.message ?? "",
    ...(found?.stack === undefined ? {} : { stack: found.stack }),
    ...shownInput(detail.input, entry),
    path,
    output: source === undefined ? "" : shownAnswer(source),
    followUp: followUp === undefined ? null : {
      text: shownInput(followUp.input, entry).text,
      output: shownAnswer(followUp),
    },
    tries,
    ended,
    confirmed: found !== undefined,
  };
}

/** An output, or how the call failed. */
function shownAnswer({ answer }: CallDetail): string {
  if (answer.ok) return shownOutput(answer.output);
  return `${answer.failure.kind}: ${escapeLine(answer.failure.message)}`;
}

/** An input as the task shows it, or as the call that it stands for; and as JSON. */
export function shownInput(
  { value, text }: ShownValue,
  entry: string,
): { text: string; input: unknown } {
  const shown = text === undefined
    ? formatInput(entry, value, MOST_TEXT_CHARACTERS)
    : escapeLine(text).slice(0, MOST_TEXT_CHARACTERS);
  return { text: shown, input: asJson(value) };
}

/** An output as the task shows it, or as a literal. */
export function shownOutput({ value, text }: ShownValue): string {
  if (text !== undefined) return escapeLine(text).slice(0, MOST_TEXT_CHARACTERS);
  return formatValue(value, { maxLength: MOST_TEXT_CHARACTERS });
}

function asJson(value: Value): unknown {
  return JSON.parse(encode(value));
}

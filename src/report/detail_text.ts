import type { ArmDetail, CallDetail, CaseDetail } from "../evaluate/case_detail.ts";
import { ARMS, type Violation } from "../evaluate/case_result.ts";
import type { TaskDescription } from "../evaluate/task_description.ts";
import { escapeLine, escapeLines } from "./escape.ts";
import { compact } from "./numbers.ts";
import { type Palette, palette } from "./palette.ts";
import { shownInput, shownOutput } from "./report_violations.ts";
import { cut } from "../../sandbox/cut.ts";
import { shown } from "./shown.ts";

const MOST_CONSOLE_LINES = 50;
const MOST_LINE_CHARACTERS = 1000;

/** A case in full, as text for a terminal, with a line feed at the end. */
export function detailText(
  detail: CaseDetail,
  task: Pick<TaskDescription, "entry" | "metrics">,
  { colour }: { colour: boolean },
): string {
  const paint = palette(colour);
  if (!detail.valid) {
    const { kind, message } = detail.error;
    return `${paint.bold(`case ${detail.index}`)} could not be judged\n  ` +
      `${shown(kind)}: ${shown(message, MOST_LINE_CHARACTERS)}\n`;
  }
  const { index, path, input, arms } = detail;
  const shrunk = path.length === 0 ? "" : ", shrunk";
  return [
    `${paint.bold(`case ${index}${shrunk}`)}  ${shownInput(input, task.entry).text}`,
    ...ARMS.flatMap((arm) => ["", ...armLines(arm, arms[arm], task, paint)]),
    "",
  ].join("\n");
}

function armLines(
  arm: string,
  { result, calls }: ArmDetail,
  { entry, metrics: described }: Pick<TaskDescription, "entry" | "metrics">,
  paint: Palette,
): string[] {
  const verdict = result.passed ? paint.good("passed") : paint.bad("failed");
  const metrics = described.map(({ name }, at) => `, ${shown(name)} ${result.metrics[at] ?? "–"}`)
    .join("");
  return [
    `${paint.bold(arm)}  ${verdict}${metrics}`,
    ...calls.flatMap((call) => callLines(call, entry, paint)),
    ...result.violations.flatMap((violation) => violationLines("", violation, paint)),
    ...result.warnings.flatMap((violation) => violationLines("soft ", violation, paint)),
    ...(result.checked.length === 0
      ? []
      : [`  ${
        paint.dim(`relations checked: ${result.checked.map((name) => shown(name)).join(", ")}`)
      }`]),
  ];
}

function callLines(
  { relation, input, answer, console, usage }: CallDetail,
  entry: string,
  paint: Palette,
): string[] {
  const answered = answer.ok
    ? shownOutput(answer.output)
    : paint.bad(`${answer.failure.kind}: ${shown(answer.failure.message, MOST_LINE_CHARACTERS)}`);
  const label = relation === undefined ? "" : `follow-up of ${shown(relation)}: `;
  const more = console.length - MOST_CONSOLE_LINES;
  return [
    `  ${label}${shownInput(input, entry).text}`,
    `    → ${answered}  ${paint.dim(`${compact(usage.fuel)} fuel`)}`,
    ...(answer.ok ? [] : stackLines(answer.failure.stack)),
    ...console.slice(0, MOST_CONSOLE_LINES).map(({ level, text }) =>
      `    ${paint.dim(`guest ${level}:`)} ${cut(escapeLine(text), MOST_LINE_CHARACTERS)}`
    ),
    ...(more > 0 ? [`    … and ${more} more lines, see --json`] : []),
  ];
}

function violationLines(
  severity: string,
  { kind, name, message }: Violation,
  paint: Palette,
): string[] {
  // A failed call has been shown with the call.
  if (kind === "failure") return [];
  return [
    `  ${paint.bad(`${severity}${kind}`)} ${paint.bold(shown(name))}: ` +
    shown(message, MOST_LINE_CHARACTERS),
  ];
}

function stackLines(stack: string | undefined): string[] {
  if (stack === undefined) return [];
  return escapeLines(stack).split("\n").filter((line) => line.trim().startsWith("at "))
    .slice(0, 10)
    .map((line) => `      ${line.trim()}`);
}

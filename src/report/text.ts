import type { CaseAddress } from "../evaluate/case_detail.ts";
import type { RuleStatus } from "../gate/rule.ts";
import type { Verdict } from "../gate/verdict.ts";
import { count } from "../gate/words.ts";
import { duration } from "./numbers.ts";
import { type Paint, type Palette, palette } from "./palette.ts";
import type { Report } from "./report.ts";
import { shown } from "./shown.ts";
import {
  armLines,
  comparisonLines,
  groupLines,
  metricLines,
  relationLines,
  stabilityLines,
} from "./text_figures.ts";
import { violationLines } from "./text_violations.ts";

/** How a report is written for a person. */
export interface TextOptions {
  colour: boolean;
  /** The command that runs a case again; left out where there is none. */
  replay?: ((address: CaseAddress) => string | undefined) | undefined;
}

const MOST_REASON_CHARACTERS = 500;

/** A report as text for a terminal, with a line feed at the end. */
export function reportText(report: Report, options: TextOptions): string {
  const paint = palette(options.colour);
  const sections = [
    heading(report, paint),
    armLines(report),
    comparisonLines(report),
    metricLines(report, paint),
    groupLines(report, paint),
    relationLines(report, paint),
    stabilityLines(report, paint),
    invalidCases(report, paint),
    violationLines(report, paint, options.replay),
    verdict(report, paint),
  ];
  return sections.filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(""))
    .join("\n");
}

function heading({ run, cases, wallMs }: Report, paint: Palette): string[] {
  const { requested, done, judged } = cases;
  const stopped = done < requested ? `, stopped after ${done}` : "";
  const some = judged < done ? `, ${judged} judged` : "";
  const n = count(requested, "case");
  const facts = `${n}${stopped}${some}, seed ${run.seed}, ${duration(wallMs)}`;
  return [`${paint.bold(shown(run.task))}  ${paint.dim(facts)}`];
}

function invalidCases({ cases }: Report, paint: Palette): string[] {
  if (cases.invalid === 0) return [];
  return [
    paint.bold(`${count(cases.invalid, "case")} could not be judged`),
    ...cases.firstInvalid.map(({ index, kind, message }) =>
      `  case ${index}: ${shown(kind)}: ${shown(message)}`
    ),
  ];
}

function verdict({ verdict, reason, gate }: Report, paint: Palette): string[] {
  const rows = gate.rules.map((rule) =>
    `  ${mark(rule.status, paint)} ${shown(rule.name)}: ${shownReason(rule.reason)}`
  );
  return [
    ...rows,
    "",
    `${verdictPaint(verdict, paint)(paint.bold(verdict))}  ${shownReason(reason)}`,
  ];
}

/** A rule's sentence may name a metric or a relation, and names come from the task. */
function shownReason(reason: string): string {
  return shown(reason, MOST_REASON_CHARACTERS);
}

function mark(status: RuleStatus, paint: Palette): string {
  if (status === "pass") return paint.good("pass     ");
  return status === "fail" ? paint.bad("fail     ") : paint.unsure("undecided");
}

function verdictPaint(verdict: Verdict, paint: Palette): Paint {
  if (verdict === "adopt") return paint.good;
  return verdict === "inconclusive" ? paint.unsure : paint.bad;
}

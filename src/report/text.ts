import { ARMS } from "../evaluate/case_result.ts";
import type { RuleStatus } from "../gate/rule.ts";
import type { Verdict } from "../gate/verdict.ts";
import { count, points, pointsInterval } from "../gate/words.ts";
import { escapeLine } from "./escape.ts";
import { compact, duration, percent, percentInterval } from "./numbers.ts";
import { type Paint, type Palette, palette } from "./palette.ts";
import type { Report, ViolationReport } from "./report.ts";
import { alignColumns } from "./table.ts";

/** How a report is written for a person. */
export interface TextOptions {
  colour: boolean;
}

const MOST_VIOLATIONS_SHOWN = 10;
const MOST_CHARACTERS = 200;

/** A report as text for a terminal, with a line feed at the end. */
export function reportText(report: Report, options: TextOptions): string {
  const paint = palette(options.colour);
  const sections = [
    heading(report, paint),
    arms(report),
    comparison(report),
    relations(report, paint),
    invalidCases(report, paint),
    violations(report, paint),
    verdict(report, paint),
  ];
  return sections.filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(""))
    .join("\n");
}

function heading({ run, cases, wallMs }: Report, paint: Palette): string[] {
  const judged = cases.judged === cases.requested ? "" : `${cases.judged} of `;
  const facts = `${judged}${cases.requested} cases, seed ${run.seed}, ${duration(wallMs)}`;
  return [`${paint.bold(shown(run.task))}  ${paint.dim(facts)}`];
}

function arms({ arms, run }: Report): string[] {
  const rows = ARMS.map((name) => {
    const arm = arms[name];
    return [
      name,
      shown(run.artifacts[name].name),
      `${arm.passed}/${arm.total}`,
      percent(arm.rate),
      percentInterval(arm.low, arm.high),
      arm.fuel.mean === null ? "" : `${compact(arm.fuel.mean)} fuel a call`,
    ];
  });
  return alignColumns(rows, ["left", "left", "right", "right", "left", "right"])
    .map((line) => `  ${line}`);
}

function comparison({ difference, fuelRatio }: Report): string[] {
  const { estimate, low, high, regressions, improvements } = difference;
  const rows = [
    [
      "difference",
      estimate === null ? "–" : points(estimate),
      `${pointsInterval(low, high)}, 95 % (Tango)`,
    ],
    ["regressions", `${regressions}`, "passed by the baseline, failed by the candidate"],
    ["improvements", `${improvements}`, "failed by the baseline, passed by the candidate"],
  ];
  if (fuelRatio !== null) {
    rows.push(["fuel", `× ${fuelRatio.toFixed(2)}`, "candidate over baseline, same cases"]);
  }
  return alignColumns(rows, ["left", "right", "left"]).map((line) => `  ${line}`);
}

function relations({ relations }: Report, paint: Palette): string[] {
  if (relations.length === 0) return [];
  const rows = relations.map((relation) => [
    shown(relation.name),
    ...ARMS.map((arm) => {
      const { checked, failed } = relation[arm];
      if (checked === 0) return `${arm} never checked`;
      return `${arm} ${checked - failed}/${checked}`;
    }),
  ]);
  const lines = alignColumns(rows, ["left", "left", "left"]);
  return [paint.bold("relations"), ...lines.map((line) => `  ${line}`)];
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

function violations({ violations, violationsDropped }: Report, paint: Palette): string[] {
  if (violations.length === 0) return [];
  const listed = violations.slice(0, MOST_VIOLATIONS_SHOWN);
  const more = violations.length - listed.length + violationsDropped;
  return [
    paint.bold("violations"),
    ...listed.flatMap((violation) => violationLines(violation, paint)),
    ...(more > 0 ? [`  … and ${more} more, see --json`] : []),
  ];
}

function violationLines(violation: ViolationReport, paint: Palette): string[] {
  const { arm, kind, name, cases, smallest } = violation;
  return [
    `  ${paint.bad(arm)} ${kind} ${paint.bold(shown(name))} ${
      paint.dim(`in ${count(cases, "case")}`)
    }`,
    `    case ${smallest.index}  ${cut(smallest.text, 2 * MOST_CHARACTERS)}`,
    `    ${shown(smallest.message)}`,
  ];
}

function verdict({ verdict, reason, gate }: Report, paint: Palette): string[] {
  const rows = gate.rules.map((rule) =>
    `  ${mark(rule.status, paint)} ${rule.name}: ${rule.reason}`
  );
  return [...rows, "", `${verdictPaint(verdict, paint)(paint.bold(verdict))}  ${reason}`];
}

function mark(status: RuleStatus, paint: Palette): string {
  if (status === "pass") return paint.good("pass     ");
  return status === "fail" ? paint.bad("fail     ") : paint.unsure("undecided");
}

function verdictPaint(verdict: Verdict, paint: Palette): Paint {
  if (verdict === "adopt") return paint.good;
  return verdict === "inconclusive" ? paint.unsure : paint.bad;
}

/** Text that came from a guest or a task: on one line, not too long, safe for a terminal. */
function shown(text: string): string {
  return cut(escapeLine(text), MOST_CHARACTERS);
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}

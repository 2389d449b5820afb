import type { CaseAddress } from "../evaluate/case_detail.ts";
import { count } from "../gate/words.ts";
import type { Palette } from "./palette.ts";
import type { CounterexampleReport, Report, ShrunkReport, ViolationReport } from "./report.ts";
import { cut } from "../../sandbox/cut.ts";
import { shown } from "./shown.ts";

const MOST_SHOWN = 10;
const MOST_INPUT_CHARACTERS = 400;

/** What the arms broke, each with its smallest counterexample and how to run it again. */
export function violationLines(
  { violations, violationsDropped }: Report,
  paint: Palette,
  replay: ((address: CaseAddress) => string | undefined) | undefined,
): string[] {
  if (violations.length === 0) return [];
  const listed = violations.slice(0, MOST_SHOWN);
  const more = violations.length - listed.length + violationsDropped;
  return [
    paint.bold("violations"),
    ...listed.flatMap((violation) => oneViolation(violation, paint, replay)),
    ...(more > 0 ? [`  … and ${more} more, see --json`] : []),
  ];
}

function oneViolation(
  { arm, kind, name, severity, description, cases, smallest, shrunk }: ViolationReport,
  paint: Palette,
  replay: ((address: CaseAddress) => string | undefined) | undefined,
): string[] {
  const soft = severity === "soft" ? "soft " : "";
  const found = shrunk ?? smallest;
  const line = replay?.({ index: found.index, path: shrunk?.path ?? [] });
  return [
    `  ${paint.bad(arm)} ${soft}${kind} ${paint.bold(shown(name))} ${
      paint.dim(`in ${count(cases, "case")}`)
    }`,
    ...(description === "" ? [] : [`    ${paint.dim(shown(description))}`]),
    ...(shrunk === null ? caseLines(smallest) : shrunkLines(shrunk)),
    `    ${shown(found.message)}`,
    ...stackLines(found, paint),
    ...(line === undefined ? [] : [`    ${paint.dim(line)}`]),
  ];
}

function caseLines({ index, text }: CounterexampleReport): string[] {
  return [`    case ${index}  ${cut(text, MOST_INPUT_CHARACTERS)}`];
}

function shrunkLines(
  { index, path, text, output, followUp, tries, ended, confirmed }: ShrunkReport,
): string[] {
  const how = path.length === 0
    ? `case ${index}`
    : `case ${index}, shrunk in ${count(tries, "run")}`;
  const rest = ended === "minimal" ? "" : ` (the ${ended} allowed ran out)`;
  const lines = [`    ${how}${rest}  ${cut(text, MOST_INPUT_CHARACTERS)}  → ${shown(output)}`];
  if (followUp !== null) {
    const then = cut(followUp.text, MOST_INPUT_CHARACTERS);
    lines.push(`    then  ${then}  → ${shown(followUp.output)}`);
  }
  if (!confirmed) lines.push("    not broken when it was run once more: the outcome changes");
  return lines;
}

/** The first lines of a stack: where in the arm's own code. */
function stackLines({ stack }: CounterexampleReport, paint: Palette): string[] {
  if (stack === undefined) return [];
  return stack.split("\n").filter((line) => line.trim().startsWith("at ")).slice(0, 3)
    .map((line) => paint.dim(`      ${shown(line.trim())}`));
}

import { posix } from "node:path";
import type { Value } from "../../sandbox/values/value.ts";
import { count } from "../gate/words.ts";
import type { Exhibit } from "../mutate/mutant_outcome.ts";
import type { CheckTaskReport, MutantReport } from "../mutate/report.ts";
import { firstDifference } from "./first_difference.ts";
import { formatInput } from "./format_input.ts";
import { formatValue } from "./format_value.ts";
import { type Palette, palette } from "./palette.ts";
import { cut } from "../../sandbox/cut.ts";
import { shown } from "./shown.ts";
import { alignColumns } from "./table.ts";

/** How a report on a judge is written for a person. */
export interface CheckTaskTextOptions {
  colour: boolean;
  /** The folder of the baseline, as the user named it: places in its files are shown from there. */
  folder: string;
}

const MOST_SURVIVORS = 50;
const MOST_EQUIVALENT = 20;
const MOST_CHARACTERS = 200;

/** A report on a judge as text for a terminal, with a line feed at the end. */
export function checkTaskText(report: CheckTaskReport, options: CheckTaskTextOptions): string {
  const paint = palette(options.colour);
  const sections = [
    heading(report, paint),
    operatorLines(report, paint),
    checkLines(report, paint),
    equivalentLines(report, paint, options.folder),
    survivorLines(report, paint, options.folder),
    scoreLines(report, paint),
  ];
  return sections.filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(""))
    .join("\n");
}

function heading({ run, counts }: CheckTaskReport, paint: Palette): string[] {
  const { found, judged } = counts;
  const some = judged < found ? `${judged} of ${found} mutants` : count(found, "mutant");
  const facts = `${some} of ${shown(run.artifacts.baseline.name)}, ` +
    `${count(run.n, "case")}, seed ${run.seed}`;
  return [`${paint.bold(shown(run.task))}  ${paint.dim(facts)}`];
}

function operatorLines({ operators }: CheckTaskReport, paint: Palette): string[] {
  const rows = operators.map(({ name, mutants, killed, survived, equivalent, stillborn }) => [
    `  ${name}`,
    ...[mutants, killed, survived, equivalent, stillborn].map(String),
  ]);
  const head = ["operator", "mutants", "killed", "survived", "equivalent", "stillborn"];
  return table([head, ...rows], paint);
}

function checkLines({ checks }: CheckTaskReport, paint: Palette): string[] {
  const rows = checks.map(({ kind, name, caught, alone }) => [
    `  ${kind} ${shown(name, MOST_CHARACTERS)}`,
    `${caught}`,
    `${alone}`,
  ]);
  const idle = checks.filter(({ caught }) => caught === 0).length;
  const note = idle === 0 ? [] : [
    paint.unsure(
      `  ${count(idle, "check")} caught nothing: superfluous, or never put to the test`,
    ),
  ];
  return [...table([["check", "caught", "alone"], ...rows], paint), ...note];
}

function table(rows: string[][], paint: Palette): string[] {
  const columns = rows[0]?.length ?? 0;
  const [head = "", ...lines] = alignColumns(
    rows,
    Array.from({ length: columns }, (_, at) => at === 0 ? "left" : "right"),
  );
  return [paint.bold(head), ...lines];
}

function equivalentLines({ mutants }: CheckTaskReport, paint: Palette, folder: string): string[] {
  const equivalent = mutants.filter(({ status }) => status === "equivalent");
  if (equivalent.length === 0) return [];
  return [
    paint.bold("equivalent on these cases: every output is the baseline's, no judge could tell"),
    ...equivalent.slice(0, MOST_EQUIVALENT).map((mutant) =>
      `  ${placeOf(mutant, folder)}  ${mutant.operator}  ${change(mutant)}`
    ),
    ...rest(equivalent.length - MOST_EQUIVALENT),
  ];
}

function survivorLines(
  { mutants, run }: CheckTaskReport,
  paint: Palette,
  folder: string,
): string[] {
  const survivors = mutants.filter(({ status }) => status === "survived");
  if (survivors.length === 0) return [];
  return [
    paint.bold("survivors: the task accepts these faults"),
    ...survivors.slice(0, MOST_SURVIVORS).flatMap((mutant) => [
      `  ${paint.bad(placeOf(mutant, folder))}  ${mutant.operator}  ${change(mutant)}`,
      ...differenceLines(mutant, run.entry),
    ]),
    ...rest(survivors.length - MOST_SURVIVORS),
  ];
}

function rest(more: number): string[] {
  return more > 0 ? [`  … and ${more} more, see --json`] : [];
}

function placeOf({ file, line, column }: MutantReport, folder: string): string {
  return shown(`${posix.join(folder, file)}:${line}:${column}`, MOST_CHARACTERS);
}

function change({ original, replacement }: MutantReport): string {
  const after = replacement === "" ? "(nothing)" : shown(replacement, MOST_CHARACTERS);
  return `${shown(original, MOST_CHARACTERS)}  →  ${after}`;
}

function differenceLines({ difference }: MutantReport, entry: string): string[] {
  if (difference === undefined) return [];
  const { index, relation, input, baseline, mutant } = difference;
  const where = relation === undefined
    ? `case ${index}`
    : `case ${index}, follow-up of ${shown(JSON.stringify(relation))}`;
  const [before, after] = [baseline, mutant].map((exhibit) => show(exhibit, formatOutput));
  return [
    `    ${where}  ${show(input, (value) => formatInput(entry, value, MOST_CHARACTERS))}`,
    `    baseline ${before}`,
    `    mutant   ${after}`,
    ...partingLines(baseline, mutant),
  ];
}

/** Where two long outputs part, which their beginnings may not show. */
function partingLines(baseline: Exhibit, mutant: Exhibit): string[] {
  const isShort = Math.max(baseline.size, mutant.size) <= MOST_CHARACTERS / 2;
  if (isShort || !("value" in baseline) || !("value" in mutant)) return [];
  const { path, left, right } = firstDifference(baseline.value, mutant.value);
  if (path === "") return [];
  const place = shown(path, MOST_CHARACTERS);
  return [`    they part at ${place}: ${formatOutput(left)}, the mutant ${formatOutput(right)}`];
}

function formatOutput(value: Value): string {
  return formatValue(value, { maxLength: MOST_CHARACTERS });
}

function show(exhibit: Exhibit, format: (value: Value) => string): string {
  const { size, value, text } = exhibit;
  if (text !== undefined) return shown(text, MOST_CHARACTERS);
  return "value" in exhibit ? cut(format(value), 2 * MOST_CHARACTERS) : `(${size} characters)`;
}

function scoreLines({ score, rawScore, counts }: CheckTaskReport, paint: Palette): string[] {
  const { killed, survived, equivalent, stillborn } = counts;
  const apart = [
    ...(equivalent > 0 ? [`${equivalent} equivalent`] : []),
    ...(stillborn > 0 ? [`${stillborn} stillborn`] : []),
  ];
  const raw = equivalent > 0 ? `, ${percent(rawScore)} with the equivalent ones` : "";
  const aside = apart.length > 0 ? ` (apart: ${apart.join(", ")}${raw})` : "";
  const colour = survived > 0 || score === null ? paint.unsure : paint.good;
  const what = `the task catches ${killed} of ${count(killed + survived, "fault")}`;
  return [`${colour(paint.bold(`score ${percent(score)}`))}  ${what}${aside}`];
}

function percent(share: number | null): string {
  return share === null ? "unknown" : `${(100 * share).toFixed(1)} %`;
}

import { count } from "../gate/words.ts";
import type { SuggestReport } from "../suggest/suggest_relations.ts";
import type { RelationTrial } from "../suggest/trial_counter.ts";
import { type Palette, palette } from "./palette.ts";
import { shown } from "./shown.ts";

/** Suggested relations as text for a terminal, with a line feed at the end. */
export function suggestText(report: SuggestReport, { colour }: { colour: boolean }): string {
  const paint = palette(colour);
  const sections = [
    heading(report, paint),
    suggestedLines(report),
    failedLines(report, paint),
    rareLines(report, paint),
  ];
  return sections.filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(""))
    .join("\n");
}

function heading({ task, n, seed, answered }: SuggestReport, paint: Palette): string[] {
  const some = answered < n ? `, ${answered} of them answered by the baseline` : "";
  return [`${paint.bold(shown(task))}  ${paint.dim(`${count(n, "case")}, seed ${seed}${some}`)}`];
}

function suggestedLines({ suggested }: SuggestReport): string[] {
  if (suggested.length === 0) return ["No relation of the library fits and holds."];
  const lines = suggested.flatMap((trial) => [
    `  // held in all ${trial.applied} cases that it applied to`,
    `  ${JSON.stringify(shown(trial.description))}: ${shown(trial.code)},`,
  ]);
  const names = [...new Set(suggested.map(({ code }) => functionOf(code)))].sort().join(", ");
  return [
    "Never failed. Keep those that must hold for every right program:",
    "",
    `import { ${names} } from "cupel/task/relations";`,
    "",
    "relations: {",
    ...lines,
    "}",
  ];
}

/** The function that a relation's code calls. */
function functionOf(code: string): string {
  return shown(code.split("(", 1)[0] ?? code);
}

function failedLines({ failed }: SuggestReport, paint: Palette): string[] {
  if (failed.length === 0) return [];
  const rows = failed.flatMap((trial) => [
    `  ${shown(trial.code)}  failed in ${trial.failed} of ${trial.applied}`,
    ...firstFailureLines(trial, paint),
  ]);
  return ["Failed: no relation of this task, or a fault of the baseline:", ...rows];
}

function firstFailureLines({ firstFailure }: RelationTrial, paint: Palette): string[] {
  if (firstFailure === null) return [];
  return [paint.dim(`    case ${firstFailure.index}: ${shown(firstFailure.message, 110)}`)];
}

function rareLines({ rarelyApplied, leastApplied }: SuggestReport, paint: Palette): string[] {
  if (rarelyApplied.length === 0) return [];
  const rows = rarelyApplied.map(({ code, applied }) => `  ${shown(code)}  ${applied}`);
  return [paint.dim(`Applied to fewer than ${count(leastApplied, "case")}:`), ...rows];
}

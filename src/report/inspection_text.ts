import { cut } from "../../sandbox/cut.ts";
import type { GrantFacts, Inspection } from "../../sandbox/inspect/inspection.ts";
import { escapeLine } from "./escape.ts";
import { bytes } from "./numbers.ts";
import { palette } from "./palette.ts";
import { alignColumns } from "./table.ts";

/** Most rows of a section, and characters of a cell, which all others of its column are as wide as. */
const MOST_ROWS = 200;
const MOST_CHARACTERS = 400;

/** What is in a WebAssembly file, as text for a terminal, with a line feed at the end. */
export function inspectionText(
  name: string,
  inspection: Inspection,
  options: { colour: boolean },
): string {
  const paint = palette(options.colour);
  const { kind, refusals, hint, grants } = inspection;
  const size = bytes(inspection.bytes);
  const lines = [
    `${paint.bold(escapeLine(name))}  ${kind}, ${size}`,
    ...(inspection.isRead ? partSections(inspection) : []),
    ...(grants === null ? [] : grantSections(grants)),
    "",
    ...refusals.slice(0, MOST_ROWS).map((refusal) =>
      `${paint.bad("refused")}  it ${escapeLine(refusal)}`
    ),
    ...more(refusals.length - MOST_ROWS),
    ...(refusals.length === 0 ? [paint.good("all that it needs is granted")] : []),
    ...(hint === null ? [] : [`hint  ${escapeLine(hint)}`]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function partSections(inspection: Inspection): string[] {
  const { omitted } = inspection;
  return [
    ...section("imports", importRows(inspection), omitted.imports),
    ...section(exportsTitle(inspection), exportRows(inspection), omitted.exports),
    ...section("memories", memoryRows(inspection)),
  ];
}

/** A title and rows; `omitted` more of them are not known. */
function section(title: string, rows: string[][], omitted = 0): string[] {
  if (rows.length === 0) return ["", `${title}  none`];
  const shown = rows.slice(0, MOST_ROWS).map((row) => row.map(cell));
  const columns = shown.reduce((most, row) => Math.max(most, row.length), 0);
  const aligned = alignColumns(shown, Array.from({ length: columns }, () => "left" as const));
  const lines = [...aligned, ...more(rows.length - shown.length + omitted)];
  return ["", title, ...lines.map((line) => `  ${line}`)];
}

function more(count: number): string[] {
  return count > 0 ? [`and ${count} more`] : [];
}

function cell(text: string): string {
  return escapeLine(cut(text, MOST_CHARACTERS));
}

function grantSections({ args, files }: GrantFacts): string[] {
  return [
    ...section("arguments, from the manifest", args.map((arg) => [JSON.stringify(arg)])),
    ...section("files, from the manifest", files.map((file) => [file.path, bytes(file.bytes)])),
  ];
}

function importRows({ imports }: Inspection): string[][] {
  return imports.map(({ name, granted, what }) => [granted ? "granted" : "refused", name, what]);
}

function exportRows({ exports }: Inspection): string[][] {
  return exports.map(({ name, type, call }) => [call ?? "-", name, type]);
}

/** Heads the columns. */
function exportsTitle({ kind, exports }: Inspection): string {
  if (kind === "wasi command") {
    return "exports: none is called; --call takes any name, which the program has as argv[0]";
  }
  return exports.length === 0 ? "exports" : "exports: by --call, name, type";
}

function memoryRows({ memories }: Inspection): string[][] {
  return memories.map(({ module, minimum, maximum }) => [
    `core module ${module}`,
    `${bytes(minimum)} at the start`,
    maximum === null ? "no maximum of its own" : `${bytes(maximum)} at the most`,
  ]);
}

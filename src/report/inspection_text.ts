import type { GrantFacts, Inspection } from "../../sandbox/inspect/inspection.ts";
import { escapeLine } from "./escape.ts";
import { bytes } from "./numbers.ts";
import { palette } from "./palette.ts";
import { alignColumns } from "./table.ts";

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
    ...refusals.map((refusal) => `${paint.bad("refused")}  it ${escapeLine(refusal)}`),
    ...(refusals.length === 0 ? [paint.good("all that it needs is granted")] : []),
    ...(hint === null ? [] : [`hint  ${escapeLine(hint)}`]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function partSections(inspection: Inspection): string[] {
  return [
    ...section("imports", importRows(inspection)),
    ...section(exportsTitle(inspection), exportRows(inspection)),
    ...section("memories", memoryRows(inspection)),
  ];
}

function section(title: string, rows: string[][]): string[] {
  if (rows.length === 0) return ["", `${title}  none`];
  const columns = Math.max(...rows.map((row) => row.length));
  const aligned = alignColumns(
    rows.map((row) => row.map(escapeLine)),
    Array.from({ length: columns }, () => "left" as const),
  );
  return ["", title, ...aligned.map((line) => `  ${line}`)];
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

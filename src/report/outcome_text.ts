import type { Outcome } from "../../sandbox/outcome.ts";
import { escapeLines } from "./escape.ts";
import { formatValue } from "./format_value.ts";
import { bytes, compact, duration } from "./numbers.ts";
import { type Palette, palette } from "./palette.ts";

/** Longest value that is shown, in characters or so; `--json` has all of it. */
const MOST_VALUE_CHARACTERS = 10_000;

/** An outcome as text for a terminal, with a line feed at the end. */
export function outcomeText(outcome: Outcome, options: { colour: boolean }): string {
  const paint = palette(options.colour);
  const result = outcome.ok
    ? [formatValue(outcome.value, { maxLength: MOST_VALUE_CHARACTERS })]
    : failureLines(outcome.failure, paint);
  const usage = usageText(outcome);
  // Named for who wrote it: a line of level error looked like an error of ours.
  const output = outcome.output.map(({ level, text }) =>
    `${paint.dim(`guest ${level}:`)} ${escapeLines(text).replaceAll("\n", "\n  ")}`
  );
  return [...output, ...result, paint.dim(usage)].map((line) => `${line}\n`).join("");
}

/** What it took. Whoever is ended at the deadline does not say what it had used. */
function usageText(outcome: Outcome): string {
  const { fuel, memoryBytes, wallMs } = outcome.usage;
  const isUnknown = !outcome.ok && outcome.failure.kind === "deadline";
  const used = isUnknown
    ? "fuel and memory unknown"
    : `fuel ${compact(fuel)}, memory ${bytes(memoryBytes)}`;
  return `${used}, ${duration(wallMs)}`;
}

function failureLines(
  { kind, message, stack }: (Outcome & { ok: false })["failure"],
  paint: Palette,
): string[] {
  const first = `${paint.bad(kind)}: ${indent(message)}`;
  return stack === undefined || stack === "" ? [first] : [first, `  ${indent(stack.trim())}`];
}

function indent(text: string): string {
  return escapeLines(text).replaceAll("\n", "\n  ");
}

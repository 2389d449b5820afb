/**
 * `deno task bench [PART_OF_A_NAME...] [--rounds=N] [--write]`: measures `bench/*_bench.ts` on this
 * machine and prints the results; `--write` puts them in docs/benchmarks.md, where the sections of benches
 * that were not measured stay as they are. A missed target makes the exit code 1.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { Bench } from "./frame/bench.ts";
import { withSections } from "./frame/document.ts";
import { describeMachine } from "./frame/machine.ts";
import { measureRounds } from "./frame/rounds.ts";
import { benchMarkdown, mediansOf } from "./frame/table.ts";

const FOLDER = import.meta.dirname ?? "bench";
const TARGET_FILE = join(FOLDER, "..", "docs", "benchmarks.md");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "5" },
    write: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
if (!Number.isSafeInteger(rounds) || rounds < 1) {
  throw new RangeError(
    `Cannot measure as --rounds must be a whole number above 0: current value is ${values.rounds}`,
  );
}

const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith("_bench.ts"))
  .filter((name) => positionals.length === 0 || positionals.some((part) => name.includes(part)))
  .sort();
if (files.length === 0) {
  const wanted = positionals.join(", ");
  throw new RangeError(
    `Cannot measure as a bench must have such a name: current value is ${wanted}`,
  );
}

const machine = describeMachine();
const when = `${rounds} ${rounds === 1 ? "round" : "rounds"}, ${
  new Date().toISOString().slice(0, 10)
}`;
const head = [
  "# Benchmarks",
  "",
  "Written by `deno task bench --write`. Less is better; each figure is the median over rounds, each",
  "round a fresh process, the order of the variants reversed from round to round.",
  "",
  ...[...machine, when].map((line) => `- ${line}`),
].join("\n");
/** What a section says of itself that was measured after the others. */
const apart = [
  "",
  "Measured apart from the others:",
  "",
  ...[...machine, when].map((line) => `- ${line}`),
];

console.log(`${head}\n`);
const isAll = positionals.length === 0;
const sections: string[] = [];
let missed = 0;
for (const name of files) {
  const url = pathToFileURL(join(FOLDER, name)).href;
  const { default: bench }: { default: Bench } = await import(url);
  const series = measureRounds(bench, url, rounds);
  const [heading = "", ...lines] = benchMarkdown(bench, series);
  console.log(`${[heading, ...lines].join("\n")}\n`);
  sections.push([heading, ...(isAll ? [] : apart), ...lines].join("\n"));
  missed += (bench.judge?.(mediansOf(series)) ?? []).filter(({ met }) => !met).length;
}
if (values.write) {
  const before = isAll ? head : readFileSync(TARGET_FILE, "utf8");
  writeFileSync(TARGET_FILE, withSections(before, sections));
}
process.exitCode = missed > 0 ? 1 : 0;

/** Measures one variant of one bench: `variant.ts FILE_URL NAME`. Started by `run.ts`. */
import process from "node:process";
import { type Bench, NotMeasured, ONLY_ROW } from "./bench.ts";
import type { Answer } from "./protocol.ts";

const [file = "", name = ""] = process.argv.slice(2);
const bench: { default: Bench } = await import(file);
const variant = bench.default.variants[name];
if (!variant) throw new RangeError(`No variant "${name}" in ${file}`);

let answer: Answer;
try {
  const figures = await variant.measure();
  answer = { figures: typeof figures === "number" ? { [ONLY_ROW]: figures } : figures };
} catch (error) {
  if (!(error instanceof NotMeasured)) throw error;
  answer = { notMeasured: error.message };
}
// A line of its own, whatever the variant printed. A pool's threads must not keep the process alive.
process.stdout.write(`\n${JSON.stringify(answer)}\n`, () => process.exit(0));

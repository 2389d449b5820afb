import { performance } from "node:perf_hooks";
import process from "node:process";
import { evaluateFiles } from "../src/mod.ts";
import type { Bench, Figures, Medians } from "./frame/bench.ts";

const CASES = 100_000;
const TENTHS = 10;
const MOST_MEGABYTES = 1500;
/** How much slower than the median tenth of a run its slowest may be, to be called steady. */
const STEADY = 1.25;

const PEAK = "peak memory of the process, MB";
const AFTER = "verdict, intervals included, s after the last case";
const tenth = (number: number) => `tenth ${number} of the cases, µs a case`;

/** Runs a hundred thousand cases, and looks at the clock and the memory on the way. */
async function manyCases(): Promise<Figures> {
  const figures: Record<string, number> = {};
  let peak = 0;
  let last = performance.now();
  const report = await evaluateFiles({
    task: "examples/top-k/task.ts",
    baseline: "examples/top-k/baseline.ts",
    candidate: "examples/top-k/heap.ts",
    n: CASES,
    onProgress: (done) => {
      if (done % 1000 === 0) peak = Math.max(peak, process.memoryUsage().rss);
      if (done % (CASES / TENTHS) !== 0) return;
      const now = performance.now();
      figures[tenth(done * TENTHS / CASES)] = 1000 * (now - last) / (CASES / TENTHS);
      last = now;
    },
  });
  peak = Math.max(peak, process.memoryUsage().rss);
  if (report.verdict !== "adopt") throw new Error(`the verdict is ${report.verdict}`);
  figures[AFTER] = (performance.now() - last) / 1000;
  figures[PEAK] = peak / 1e6;
  return figures;
}

function judge(medians: Medians) {
  const figures = medians["cupel"] ?? {};
  const tenths = Array.from({ length: TENTHS }, (_, at) => figures[tenth(at + 1)] ?? NaN);
  const ordered = [...tenths].sort((a, b) => a - b);
  const slowest = ordered.at(-1) ?? NaN;
  const ratio = slowest / (ordered[TENTHS / 2] ?? NaN);
  const megabytes = figures[PEAK] ?? NaN;
  return [
    {
      text: `at most ${MOST_MEGABYTES} MB: ${megabytes.toFixed(0)} MB`,
      met: megabytes <= MOST_MEGABYTES,
    },
    {
      text: `a steady rate, the slowest tenth at most ${STEADY} times the median one: ` +
        `${ratio.toFixed(2)}, at least ${Math.floor(1e6 / slowest)} cases a second`,
      met: ratio <= STEADY,
    },
  ];
}

/** A long run: its rate from the first case to the last, and its memory. */
const bench: Bench = {
  title: `${CASES.toLocaleString("en")} cases of examples/top-k in one run`,
  unit: "as each row says",
  reference: "cupel",
  variants: { cupel: { measure: manyCases } },
  judge,
};

export default bench;

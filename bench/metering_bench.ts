import type { Bench } from "./frame/bench.ts";
import { median } from "./frame/median.ts";
import { startEngine } from "./peers/engine.ts";
import { PROGRAMS } from "./peers/programs.ts";

const REPETITIONS = 4;

/** Milliseconds of each program: the least of several, after one that warms the engine's tiers. */
async function milliseconds(metered: boolean): Promise<Record<string, number>> {
  const figures: Record<string, number> = {};
  for (const [name, code] of Object.entries(PROGRAMS)) {
    const engine = await startEngine(metered);
    engine.evaluate(code);
    const times = Array.from({ length: REPETITIONS }, () => engine.evaluate(code).ms);
    figures[name] = Math.min(...times);
  }
  return figures;
}

/** (c) What the rewriting costs: fuel, depth, one NaN and the dirty map together. */
const bench: Bench = {
  title: "QuickJS metered (fuel, depth, NaN, dirty map), against the module as it was built",
  unit: "ms",
  reference: "unmetered",
  variants: {
    unmetered: { measure: () => milliseconds(false) },
    metered: { measure: () => milliseconds(true) },
  },
  judge: ({ unmetered = {}, metered = {} }) => {
    const ratios = Object.keys(PROGRAMS).map((name) =>
      (metered[name] ?? NaN) / (unmetered[name] ?? NaN)
    );
    const [middle, most] = [median(ratios), Math.max(...ratios)];
    return [
      { text: `median at most 1.25: ${middle.toFixed(2)}`, met: middle <= 1.25 },
      { text: `none above 1.5: ${most.toFixed(2)}`, met: most <= 1.5 },
    ];
  },
};

export default bench;

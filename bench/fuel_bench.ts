import type { Bench } from "./frame/bench.ts";
import { startEngine } from "./peers/engine.ts";
import { PROGRAMS } from "./peers/programs.ts";

const REPETITIONS = 5;

/** Picoseconds a unit of fuel for each program: the least of several, after one that warms the tiers. */
async function picosecondsPerFuel(): Promise<Record<string, number>> {
  const figures: Record<string, number> = {};
  for (const [name, code] of Object.entries(PROGRAMS)) {
    const engine = await startEngine(true);
    engine.evaluate(code);
    const runs = Array.from({ length: REPETITIONS }, () => engine.evaluate(code));
    figures[name] = Math.min(...runs.map(({ ms, fuel }) => ms * 1e9 / fuel));
  }
  return figures;
}

/** (d) Whether fuel is proportional to time. */
const bench: Bench = {
  title: "Time for a unit of fuel, by program",
  unit: "ps a unit",
  reference: "metered",
  variants: { metered: { measure: picosecondsPerFuel } },
  judge: ({ metered = {} }) => {
    const figures = Object.values(metered);
    const spread = Math.max(...figures) / Math.min(...figures);
    return [{ text: `spread at most 2.5: ${spread.toFixed(2)}`, met: spread <= 2.5 }];
  },
};

export default bench;

import type { Bench, Finding } from "./frame/bench.ts";
import { meteredKernel } from "./kernels/kernel.ts";
import { timeKernels } from "./kernels/timing.ts";

/** What waits for memory rather than for the processor: no price of an instruction tells the two apart. */
const BEYOND_CACHES: readonly string[] = ["pointer_chasing_large"];

/** Nanoseconds a unit of fuel, by kernel. */
function nanosecondsPerFuel(): Record<string, number> {
  const times = timeKernels(meteredKernel);
  return Object.fromEntries(times.map(([name, { ms, fuel }]) => [name, ms * 1e6 / fuel]));
}

/** @param rows Ascending. */
function spreadOf(what: string, rows: readonly [name: string, figure: number][]): Finding {
  const [[cheapest, least] = ["", NaN]] = rows;
  const [dearest, most] = rows.at(-1) ?? ["", NaN];
  const spread = most / least;
  const text = `spread ${what} at most 2.5: ${spread.toFixed(2)} (${cheapest} to ${dearest})`;
  return { text, met: spread <= 2.5 };
}

/** Whether fuel is proportional to time where the guest is compiled code, and no interpreter of it. */
const bench: Bench = {
  title: "Time for a unit of fuel, by compiled kernel",
  unit: "ns a unit",
  reference: "metered",
  variants: { metered: { measure: nanosecondsPerFuel } },
  judge: ({ metered = {} }) => {
    const rows = Object.entries(metered).sort(([, one], [, other]) => one - other);
    const within = rows.filter(([name]) => !BEYOND_CACHES.includes(name));
    return [spreadOf("within caches", within), spreadOf("with lists of 32 MiB", rows)];
  },
};

export default bench;

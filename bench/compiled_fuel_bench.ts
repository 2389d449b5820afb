import type { Bench } from "./frame/bench.ts";
import { meteredKernel } from "./kernels/kernel.ts";
import { timeKernels } from "./kernels/timing.ts";

/** Nanoseconds a unit of fuel, by kernel. */
function nanosecondsPerFuel(): Record<string, number> {
  const times = timeKernels(meteredKernel);
  return Object.fromEntries(times.map(([name, { ms, fuel }]) => [name, ms * 1e6 / fuel]));
}

/** Whether fuel is proportional to time where the guest is compiled code, and no interpreter of it. */
const bench: Bench = {
  title: "Time for a unit of fuel, by compiled kernel",
  unit: "ns a unit",
  reference: "metered",
  variants: { metered: { measure: nanosecondsPerFuel } },
  judge: ({ metered = {} }) => {
    const rows = Object.entries(metered).sort(([, one], [, other]) => one - other);
    const [[cheapest, least] = ["", NaN]] = rows;
    const [dearest, most] = rows.at(-1) ?? ["", NaN];
    const spread = most / least;
    const between = `${cheapest} to ${dearest}`;
    return [{ text: `spread at most 2.5: ${spread.toFixed(2)} (${between})`, met: spread <= 2.5 }];
  },
};

export default bench;

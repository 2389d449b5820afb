import type { Bench } from "./frame/bench.ts";
import { median } from "./frame/median.ts";
import { type Kernel, meteredKernel, plainKernel } from "./kernels/kernel.ts";
import { KERNEL_NAMES, type KernelName } from "./kernels/kernels.ts";
import { timeKernels } from "./kernels/timing.ts";

/** Milliseconds by kernel. */
function milliseconds(prepare: (name: KernelName) => Kernel): Record<string, number> {
  return Object.fromEntries(timeKernels(prepare).map(([name, { ms }]) => [name, ms]));
}

/** What the rewriting costs compiled code: fuel, depth, one NaN and the dirty map together. */
const bench: Bench = {
  title:
    "Compiled kernels metered (fuel, depth, NaN, dirty map), against the modules as they were built",
  unit: "ms",
  reference: "unmetered",
  variants: {
    unmetered: { measure: () => milliseconds(plainKernel) },
    metered: { measure: () => milliseconds(meteredKernel) },
  },
  judge: ({ unmetered = {}, metered = {} }) => {
    const ratios = KERNEL_NAMES.map((name) => (metered[name] ?? NaN) / (unmetered[name] ?? NaN));
    const [middle, most] = [median(ratios), Math.max(...ratios)];
    return [
      {
        text: `median at most 1.3: ${middle.toFixed(2)} (greatest ${most.toFixed(2)})`,
        met: middle <= 1.3,
      },
    ];
  },
};

export default bench;

import type { Bench, Finding } from "./frame/bench.ts";
import { median } from "./frame/median.ts";
import { type Kernel, memberKernel, meteredKernel, plainKernel } from "./kernels/kernel.ts";
import { KERNEL_NAMES, type KernelName } from "./kernels/kernels.ts";
import { timeKernels } from "./kernels/timing.ts";

/** Milliseconds by kernel. */
function milliseconds(prepare: (name: KernelName) => Kernel): Record<string, number> {
  return Object.fromEntries(timeKernels(prepare).map(([name, { ms }]) => [name, ms]));
}

function overheadOf(
  how: string,
  metered: Record<string, number>,
  unmetered: Record<string, number>,
): Finding {
  const ratios = KERNEL_NAMES.map((name) => (metered[name] ?? NaN) / (unmetered[name] ?? NaN));
  const [middle, most] = [median(ratios), Math.max(...ratios)];
  const figures = `${middle.toFixed(2)} (greatest ${most.toFixed(2)})`;
  return { text: `median at most 1.3, metered ${how}: ${figures}`, met: middle <= 1.3 };
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
    "one of several": { measure: () => milliseconds(memberKernel) },
  },
  judge: ({ unmetered = {}, metered = {}, "one of several": member = {} }) => [
    overheadOf("as the only core module of a guest", metered, unmetered),
    overheadOf("as one of several", member, unmetered),
  ],
};

export default bench;

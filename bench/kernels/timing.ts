import { performance } from "node:perf_hooks";
import type { Kernel } from "./kernel.ts";
import { KERNEL_NAMES, type KernelName, KERNELS } from "./kernels.ts";

/** Enough for every tier of an engine: a loop that runs is not replaced, only the next call is. */
const WARM_UP = 30;
const REPETITIONS = 60;

/** One kernel's time and fuel for its usual work: the least of several. */
export interface KernelTime {
  ms: number;
  fuel: number;
}

/** Times every kernel, each warmed up before. */
export function timeKernels(
  prepare: (name: KernelName) => Kernel,
): [name: KernelName, time: KernelTime][] {
  return KERNEL_NAMES.map((name) => [name, timeKernel(prepare(name), KERNELS[name])]);
}

function timeKernel(kernel: Kernel, n: number): KernelTime {
  for (let run = 0; run < WARM_UP; run++) kernel(n);
  let least = { ms: Infinity, fuel: 0 };
  for (let run = 0; run < REPETITIONS; run++) {
    const start = performance.now();
    const { fuel } = kernel(n);
    const ms = performance.now() - start;
    if (ms < least.ms) least = { ms, fuel };
  }
  return least;
}

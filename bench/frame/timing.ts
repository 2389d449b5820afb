import { performance } from "node:perf_hooks";
import { median } from "./median.ts";

/**
 * Microseconds a call: the median over batches of the mean within a batch.
 *
 * @param call What is measured, done once.
 * @param options `warmUp` calls before the clock starts, then `batches` of `calls`.
 */
export function microsecondsPerCall(
  call: () => unknown,
  { warmUp, batches, calls }: { warmUp: number; batches: number; calls: number },
): number {
  for (let i = 0; i < warmUp; i++) call();
  const means: number[] = [];
  for (let batch = 0; batch < batches; batch++) {
    const start = performance.now();
    for (let i = 0; i < calls; i++) call();
    means.push((performance.now() - start) * 1000 / calls);
  }
  return median(means);
}

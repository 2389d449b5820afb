import { performance } from "node:perf_hooks";

/**
 * Does something again and again, several at a time, for some time.
 *
 * @param body Gets a number that it has not had.
 * @returns How often it was done, and in how many milliseconds.
 */
export async function inParallel(
  parallel: number,
  forMs: number,
  body: (number: number) => Promise<unknown>,
): Promise<{ count: number; ms: number }> {
  const start = performance.now();
  let [next, count] = [0, 0];
  const one = async () => {
    while (performance.now() - start < forMs) {
      await body(next++);
      count++;
    }
  };
  await Promise.all(Array.from({ length: parallel }, one));
  return { count, ms: performance.now() - start };
}

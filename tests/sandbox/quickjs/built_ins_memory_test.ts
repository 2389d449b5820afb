import { expect, test } from "vitest";
import { finish, start } from "../../runtime/process.ts";
import type { MemoryGrowth } from "./programs/memory_growth.ts";

const PROGRAM = new URL("./programs/memory_growth.ts", import.meta.url);
const MIB = 2 ** 20;

/**
 * The promise is the cap, and 32 MiB for the host's share.
 *
 * The size of a whole process at one moment cannot be held to it: the compilers, collectors and
 * allocators of three runtimes take some 25 MiB when they like, and more on a busy machine. So the promise
 * is held in parts, none of which hangs on a moment:
 *
 * - The guests' memories are counted themselves. That is where a bomb's bytes go, and the count is the
 *   same in each run and on each runtime: a cap that does not hold, or instances that pile up, break it.
 * - What the host adds to a full guest and keeps, such as a copy, shows in the least by which the process
 *   has grown after any bomb: what a runtime takes for a while is not in the least of 160 figures.
 * - What is lost a little at each call shows in how far the least of the later half is above the least of
 *   the earlier one: 80 calls lie between, so that one MiB a call is more than is allowed.
 */
test("a process stays under the memory cap plus 32 MiB, however often a guest fills its memory", async () => {
  const { code, stdout, stderr } = await finish(start(PROGRAM));
  expect([code, stderr]).toStrictEqual([0, ""]);
  const { memoryBytes, kinds, mostUsed, mostGuest, leastGrowth }: MemoryGrowth = JSON.parse(stdout);
  const promised = memoryBytes + 32 * MIB;
  const [first, second] = leastGrowth;

  // The bombs are bombs, and stop at the cap.
  expect(kinds).toContain("memory");
  expect(mostUsed).toBeGreaterThan(memoryBytes / 2);
  expect(mostUsed).toBeLessThanOrEqual(memoryBytes);

  expect(mostGuest).toBeLessThan(promised);
  expect(Math.min(first, second)).toBeLessThan(promised);
  expect(second - first).toBeLessThan(memoryBytes);
});

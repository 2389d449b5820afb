import { expect, test } from "vitest";
import { finish, start } from "../../runtime/process.ts";
import type { MemoryGrowth } from "./programs/memory_growth.ts";
import type { ReplacedInstances } from "./programs/replaced_instances.ts";

const BOMBS = new URL("./programs/memory_growth.ts", import.meta.url);
const GROWING = new URL("./programs/replaced_instances.ts", import.meta.url);
const MIB = 2 ** 20;

/**
 * The promise is the cap, and 32 MiB for the host's share.
 *
 * The size of a whole process at one moment cannot be held to it: the compilers, collectors and
 * allocators of three runtimes take some 25 MiB when they like, and more on a busy machine. So the promise
 * is held in parts, none of which hangs on a moment:
 *
 * - The guests' memories are counted themselves. That is where a bomb's bytes go, and the count is the
 *   same in each run and on each runtime: a cap that does not hold breaks it, and so do instances that are
 *   made though none is to be replaced.
 * - What the host adds to a full guest and keeps, such as a copy, shows in the size of the process when
 *   the garbage was collected: in the least by which it has grown after any bomb, as what a runtime takes
 *   for a while is not in the least of 160 figures.
 * - What is lost a little at each call shows in how far the least of the later half is above the least of
 *   the earlier one: 80 bombs lie between, so that a quarter of a MiB for each is more than is allowed.
 */
test("a process stays under the memory cap plus 32 MiB, however often a guest fills its memory", async () => {
  const { code, stdout, stderr } = await finish(start(BOMBS, [], { hasGc: true }));
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
  expect(second - first).toBeLessThan(16 * MIB);
});

/**
 * Under the default limits an instance has all its memory from the start and is never replaced. Where the
 * cap is higher, one that has grown is: it must be let go. How soon its memory is collected is the
 * runtime's affair, so the program collects after each call. Only the last instance is then alive, and a
 * collector that takes a stale word of the stack for a reference keeps one or two more.
 */
test("an instance that was replaced is let go, however often a guest's memory grows", async () => {
  const { code, stdout, stderr } = await finish(start(GROWING, [], { hasGc: true }));
  expect([code, stderr]).toStrictEqual([0, ""]);
  const { made, instanceBytes, aliveBytes }: ReplacedInstances = JSON.parse(stdout);
  expect(made).toBeGreaterThanOrEqual(20);
  expect(instanceBytes).toBeGreaterThan(64 * MIB);
  // The last instance's memory is counted, so that a count that sees nothing is no success.
  expect(aliveBytes).toBeGreaterThanOrEqual(instanceBytes);
  expect(aliveBytes).toBeLessThan(4 * instanceBytes);
});

import { expect, test } from "vitest";
import { finish, start } from "../../runtime/process.ts";

const PROGRAM = new URL("./programs/memory_growth.ts", import.meta.url);
const MIB = 2 ** 20;

test("a process stays under the memory cap plus 32 MiB, however often a guest fills its memory", async () => {
  const { code, stdout, stderr } = await finish(start(PROGRAM));
  expect([code, stderr]).toStrictEqual([0, ""]);
  const { most, memoryBytes, kinds } = JSON.parse(stdout);
  expect(kinds).toContain("memory");
  expect(most).toBeGreaterThan(memoryBytes / 4);
  expect(most).toBeLessThan(memoryBytes + 32 * MIB);
});

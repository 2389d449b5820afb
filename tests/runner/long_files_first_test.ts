import { expect, test } from "vitest";
import type { TestSpecification, Vitest } from "vitest/node";
import { LongFilesFirst } from "./long_files_first.ts";

/** The order of some files under a seed. */
async function orderOf(names: readonly string[], seed: number): Promise<string[]> {
  const context = { config: { sequence: { seed } } } as Vitest;
  const files = names.map((moduleId) => ({ moduleId }) as TestSpecification);
  return (await new LongFilesFirst(context).sort(files)).map(({ moduleId }) => moduleId);
}

const CHAOS = "/a/tests/cluster/chaos_test.ts";
const OTHERS = Array.from({ length: 20 }, (_, at) => `/a/tests/${at}_test.ts`);

test("files that take long come first, the others in an order that the seed decides", async () => {
  const [first, ...rest] = await orderOf([...OTHERS, CHAOS], 1);
  expect(first).toBe(CHAOS);
  expect(rest.toSorted()).toEqual(OTHERS.toSorted());
  expect(await orderOf([CHAOS, ...OTHERS.toReversed()], 1)).toEqual([first, ...rest]);
  expect((await orderOf([...OTHERS, CHAOS], 2)).slice(1)).not.toEqual(rest);
});

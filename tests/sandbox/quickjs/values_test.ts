import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_DEPTH } from "../../../sandbox/values/format.ts";
import type { Value } from "../../../sandbox/values/value.ts";
import { arbitraryValue } from "../values/arbitrary_value.ts";
import { isolateOf, valueOf } from "./support.ts";
import { TAMPER } from "./tamper.ts";

const ECHO = "export const echo = (...values) => values;";

async function expectEchoes(code: string, numRuns: number): Promise<void> {
  const isolate = await isolateOf(code);
  fc.assert(
    fc.property(arbitraryValue, arbitraryValue, (one, two) => {
      const echoed = valueOf(isolate.call("echo", [one, two]));
      expect(isDeepStrictEqual(echoed, [one, two])).toBe(true);
    }),
    { seed: 99, numRuns },
  );
}

test("every value goes in and comes out as it was", async () => {
  await expectEchoes(ECHO, 400);
});

test("and does so where user code has replaced every method in reach", async () => {
  await expectEchoes(ECHO + TAMPER, 200);
});

test("values may be as deep as documented", async () => {
  const isolate = await isolateOf("export const same = (value) => value;");
  let value: Value = 1;
  for (let level = 0; level < MAX_DEPTH; level++) value = level % 2 === 0 ? [value] : { a: value };
  expect(isDeepStrictEqual(valueOf(isolate.call("same", [value])), value)).toBe(true);
});

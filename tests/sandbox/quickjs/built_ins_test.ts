import { describe, expect, test } from "vitest";
import { runtime } from "../../../src/runtime/mod.ts";
import { LARGE, SMALL } from "./built_ins/sizes.ts";
import { describeGuest, loadGuest, sweep } from "./built_ins/sweep.ts";

/** Deno tries every combination; the other runtimes have the same module in them, and some must do. */
const isThorough = runtime.name === "deno";

/** Of how many combinations one is tried. */
const SMALL_STRIDE = isThorough ? 1 : 7;
const LARGE_STRIDE = isThorough ? 13 : 41;

describe("built-ins", () => {
  test("are all found, under names that stay the same", async () => {
    const { functions, values, argumentLists } = describeGuest(await loadGuest(SMALL));
    const paths = functions.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect([paths.length, values.length, argumentLists.length]).toStrictEqual([549, 81, 230]);
    expect(functions.filter(({ isConstructor }) => isConstructor)).toHaveLength(50);
    expect(paths).toEqual(expect.arrayContaining([
      "Array.prototype.flat",
      "String.prototype.[Symbol.iterator]",
      "get RegExp.prototype.flags",
      "set __proto__.__proto__",
      "console.log",
      "Math.random",
      "queueMicrotask",
      "(generator).__proto__.next",
      "(regexp string iterator).__proto__.next",
      "(async function).__proto__.constructor",
      "(iterator helper).__proto__.return",
      "(resolve)",
    ]));
  });

  test.each([
    ["hostile", SMALL, SMALL_STRIDE, 150_000 / SMALL_STRIDE],
    ["hostile and big", LARGE, LARGE_STRIDE, 3000],
  ])(
    "on what is %s end by a value or a typed failure, do no work for nothing, and leave no trace",
    async (_, size, stride, least) => {
      const { calls, endings, problems } = await sweep(size, stride);
      expect(problems).toStrictEqual([]);
      expect(calls).toBeGreaterThan(least);
      const kinds = [...endings.keys()].sort();
      for (const kind of ["exception", "fuel", "memory", "stack", "value"]) {
        expect(kinds).toContain(kind);
      }
    },
  );
});

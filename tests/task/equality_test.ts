import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deepEqual } from "../../src/task/equality.ts";
import { copyValue } from "../../src/task/copy.ts";
import { arbitraryValue } from "../sandbox/values/arbitrary_value.ts";

const different: [string, unknown, unknown][] = [
  ["0 and -0", 0, -0],
  ["null and undefined", null, undefined],
  ["1 and 1n", 1, 1n],
  ["[] and {}", [], {}],
  ["lists of other length", [1], [1, 1]],
  ["other order in a list", [1, 2], [2, 1]],
  ["a missing key and an undefined one", {}, { a: undefined }],
  ["other keys of the same number", { a: undefined }, { b: undefined }],
  ["other values deep inside", { a: [{ b: 1 }] }, { a: [{ b: 2 }] }],
  ["sets", new Set([1, 2]), new Set([1, 3])],
  ["sets that hold one list twice", new Set([[1], [1]]), new Set([[1], [2]])],
  ["maps with other values", new Map([[1, 2]]), new Map([[1, 3]])],
  ["a map and a set", new Map(), new Set()],
  ["dates", new Date(1), new Date(2)],
  ["typed arrays of other types", new Uint8Array(2), new Int8Array(2)],
  ["typed arrays", new Uint8Array([1]), new Uint8Array([2])],
  ["0 and -0 in typed arrays", new Float64Array([0]), new Float64Array([-0])],
];

const alike: [string, unknown, unknown][] = [
  ["NaN", NaN, NaN],
  ["lists", [1, [2, "a"]], [1, [2, "a"]]],
  ["other order of keys", { a: 1, b: 2 }, { b: 2, a: 1 }],
  ["other order in a set", new Set([1, [2]]), new Set([[2], 1])],
  ["other order in a map", new Map([["a", [1]], ["b", [2]]]), new Map([["b", [2]], ["a", [1]]])],
  ["maps with keys that are objects", new Map([[[1], 2]]), new Map([[[1], 2]])],
  ["dates that are no dates", new Date(NaN), new Date(NaN)],
  ["typed arrays", new BigInt64Array([1n]), new BigInt64Array([1n])],
  ["objects without a prototype", Object.create(null), {}],
];

describe("deep equality", () => {
  test.each(different)("tells apart: %s", (_, left, right) => {
    expect(deepEqual(left, right)).toBe(false);
    expect(deepEqual(right, left)).toBe(false);
  });

  test.each(alike)("sees as equal: %s", (_, left, right) => {
    expect(deepEqual(left, right)).toBe(true);
    expect(deepEqual(right, left)).toBe(true);
  });

  test("holds between any value of the boundary and its copy", () => {
    fc.assert(
      fc.property(arbitraryValue, (value) => deepEqual(value, copyValue(value))),
      { seed: 7, numRuns: 300 },
    );
  });
});

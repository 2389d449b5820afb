import { expect, test } from "vitest";
import type { Value } from "../../sandbox/values/value.ts";
import { firstDifference } from "../../src/report/first_difference.ts";

test.each<[Value, Value, string, Value, Value]>([
  [1, 2, "", 1, 2],
  [[1, 2, 3], [1, 5, 4], "[1]", 2, 5],
  [[1, 2], [1, 2, 3], "", [1, 2], [1, 2, 3]],
  [[1, 2, 3], [1, 2], "", [1, 2, 3], [1, 2]],
  [{ a: [0, NaN] }, { a: [-0, NaN] }, ".a[0]", 0, -0],
  [{ a: 1, "b c": { d: "x" } }, { a: 1, "b c": { d: "y" } }, '["b c"].d', "x", "y"],
  [{ a: 1 }, { b: 1 }, "", { a: 1 }, { b: 1 }],
  [[new Map([[1, 2]])], [new Map([[1, 3]])], "[0]", new Map([[1, 2]]), new Map([[1, 3]])],
])("%j and %j part at the first place that differs", (left, right, path, one, other) => {
  expect(firstDifference(left, right)).toEqual({ path, left: one, right: other });
});

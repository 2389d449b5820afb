import { describe, expect, test } from "vitest";
import { approx, multiset } from "../../src/task/mod.ts";

describe("multiset", () => {
  test.each([
    [[1, 2, 3], [3, 1, 2]],
    [[], []],
    [[1, 1, 2], [1, 2, 1]],
    [[{ a: 1 }, [2, 3], "x"], ["x", [2, 3], { a: 1 }]],
    [[NaN, -0, 0, undefined], [0, NaN, undefined, -0]],
    [[{ b: [1] }, { b: [1] }, { b: [2] }], [{ b: [2] }, { b: [1] }, { b: [1] }]],
    [[new Map([[1, { a: 1 }]])], [new Map([[1, { a: 1 }]])]],
  ])("%j equals %j", (left, right) => {
    expect(multiset(left, right)).toBe(true);
    expect(multiset(right, left)).toBe(true);
  });

  test.each([
    [[1, 2], [1, 2, 2]],
    [[1, 1, 2], [1, 2, 2]],
    [[0], [-0]],
    [["1"], [1]],
    [[null], [undefined]],
    [[{ a: 1 }, { a: 1 }], [{ a: 1 }, { a: 2 }]],
    [[[1, 2]], [[2, 1]]],
    ["ab", "ab"],
    [new Set([1]), new Set([1])],
    [[1], Float64Array.of(1)],
    [null, []],
  ])("%j does not equal %j", (left, right) => {
    expect(multiset(left, right)).toBe(false);
    expect(multiset(right, left)).toBe(false);
  });

  test("long lists of plain values take no time to speak of", () => {
    const list = Array.from({ length: 100_000 }, (_, at) => at % 1000);
    expect(multiset(list, list.toReversed())).toBe(true);
  });
});

describe("approx", () => {
  const near = approx(0.01);

  test.each([
    [1, 1.009],
    [NaN, NaN],
    [Infinity, Infinity],
    [0, -0],
    [{ a: [1, { b: 2 }] }, { a: [1.005, { b: 1.995 }] }],
    [Float64Array.of(1, 2), Float64Array.of(1.001, 2)],
    [new Map([["x", 1]]), new Map([["x", 1.001]])],
    [new Set([1]), new Set([1])],
    [new Date(5), new Date(5)],
    ["a", "a"],
    [2n, 2n],
    [null, null],
    [undefined, undefined],
  ])("%o is near %o", (left, right) => {
    expect(near(left, right)).toBe(true);
    expect(near(right, left)).toBe(true);
  });

  test.each([
    [1, 1.02],
    [NaN, 1],
    [Infinity, -Infinity],
    [Infinity, 1e308],
    [1, "1"],
    [1, 1n],
    [[1], [1, 1]],
    [[1], { 0: 1 }],
    [{ a: 1 }, { b: 1 }],
    [{ a: 1 }, { a: 1, b: undefined }],
    [Float64Array.of(1), Float32Array.of(1)],
    [Float64Array.of(1), [1]],
    [new Map([["x", 1]]), new Map([["y", 1]])],
    [new Set([1]), new Set([1.001])],
    [new Map([[{ k: 1 }, 1]]), new Map([[{ k: 1 }, 1.001]])],
    [new Date(5), new Date(6)],
    [null, {}],
    ["a", "b"],
  ])("%o is not near %o", (left, right) => {
    expect(near(left, right)).toBe(false);
    expect(near(right, left)).toBe(false);
  });

  test("a relative tolerance is a share of the larger magnitude; either is enough", () => {
    expect(approx({ relative: 0.1 })(100, 90)).toBe(true);
    expect(approx({ relative: 0.1 })(100, 89)).toBe(false);
    expect(approx({ relative: 0.1 })(0, 1e-9)).toBe(false);
    expect(approx({ relative: 0.1, absolute: 1e-9 })(0, 1e-9)).toBe(true);
    expect(approx({ relative: 0.5 })(Infinity, 1)).toBe(false);
    expect(approx(0)(0.1 + 0.2, 0.3)).toBe(false);
  });

  test("the difference of the largest doubles is infinite, and they are not near", () => {
    expect(approx({ relative: 2 })(Number.MAX_VALUE, -Number.MAX_VALUE)).toBe(false);
  });

  test.each([-1, NaN, Infinity])("refuses the tolerance %d", (tolerance) => {
    expect(() => approx(tolerance)).toThrow(/absolute tolerance of approx as it must be a number/);
    expect(() => approx({ relative: tolerance })).toThrow(/relative tolerance of approx/);
  });
});

import { describe, expect, test } from "vitest";
import { pairedTTest } from "../../src/stats/paired_t.ts";
import { welchTest } from "../../src/stats/welch.ts";
import { SLEEP } from "./data.ts";

const differences = Float64Array.from(
  SLEEP.first,
  (value, index) => value - (SLEEP.second[index] ?? 0),
);

describe("Welch's test", () => {
  // The manual of R's t.test: t.test(extra ~ group, data = sleep).
  test("is R's for the sleep data", () => {
    const { t, df, pValue, low, high, estimate } = welchTest(SLEEP.first, SLEEP.second);
    expect(estimate).toBeCloseTo(-1.58, 12);
    expect(t?.toFixed(4)).toBe("-1.8608");
    expect(df?.toFixed(3)).toBe("17.776");
    expect(pValue?.toFixed(5)).toBe("0.07939");
    expect(low).toBeCloseTo(-3.3654832, 7);
    expect(high).toBeCloseTo(0.2054832, 7);
  });

  test("knows no error where a sample has one value or neither varies", () => {
    const unknown = { low: null, high: null, t: null, df: null, pValue: null };
    expect(welchTest([1], [2, 3])).toEqual({ estimate: -1.5, ...unknown });
    expect(welchTest([2, 2, 2], [1, 1])).toEqual({ estimate: 1, ...unknown });
    expect(welchTest([0.1, 0.1, 0.1], [0.7, 0.7])).toMatchObject(unknown);
    expect(welchTest([], [1, 2])).toEqual({ estimate: null, ...unknown });
    expect(welchTest([1, NaN], [1, 2])).toEqual({ estimate: null, ...unknown });
    expect(welchTest([1, 1e200], [1, 2])).toMatchObject(unknown);
  });

  test("knows one where a single sample varies", () => {
    const { df, low, high } = welchTest([1, 2, 3], [5, 5, 5, 5]);
    expect(df).toBe(2);
    // 2.919986 / 4.302653 are the 95 % and 97.5 % quantiles of t with two degrees of freedom.
    expect(high).toBeCloseTo(-3 + 4.302652729911275 / Math.sqrt(3), 9);
    expect(low).toBeCloseTo(-3 - 4.302652729911275 / Math.sqrt(3), 9);
  });
});

describe("the paired t-test", () => {
  // The manual of R's t.test: the same data, paired.
  test("is R's for the sleep data", () => {
    const { t, df, pValue, low, high } = pairedTTest(differences);
    expect(t?.toFixed(4)).toBe("-4.0621");
    expect(df).toBe(9);
    expect(pValue?.toFixed(6)).toBe("0.002833");
    expect(low).toBeCloseTo(-2.4598858, 7);
    expect(high).toBeCloseTo(-0.7001142, 7);
  });

  test("does not get surer by counting every case many times in clusters", () => {
    const copies = Float64Array.from({ length: 100 }, (_, row) => differences[row % 10] ?? 0);
    const clusters = Uint32Array.from({ length: 100 }, (_, row) => row % 10);
    const once = pairedTTest(differences);
    const often = pairedTTest(copies, { clusters });
    expect(often.df).toBe(9);
    expect(often.low).toBeCloseTo(once.low ?? NaN, 12);
    expect(often.high).toBeCloseTo(once.high ?? NaN, 12);
  });

  test("knows no error of fewer than two cases or clusters, or where none differs from the others", () => {
    const unknown = { low: null, high: null, t: null, pValue: null };
    expect(pairedTTest(new Float64Array(0))).toMatchObject({ estimate: null, ...unknown });
    expect(pairedTTest(Float64Array.of(3))).toMatchObject({ estimate: 3, ...unknown });
    expect(pairedTTest(Float64Array.of(0, 0, 0))).toMatchObject({ estimate: 0, ...unknown });
    expect(pairedTTest(Float64Array.of(0.1, 0.1, 0.1))).toMatchObject(unknown);
    expect(pairedTTest(Float64Array.of(1, 2), { clusters: Uint32Array.of(0, 0) }))
      .toMatchObject({ estimate: 1.5, ...unknown });
    expect(pairedTTest(Float64Array.of(1, NaN))).toMatchObject({ estimate: null, ...unknown });
  });
});

import { describe, expect, test } from "vitest";
import { alwaysValidInterval } from "../../../src/stats/sequential/always_valid_interval.ts";
import { eValueAgainst } from "../../../src/stats/sequential/betting.ts";
import { tangoInterval } from "../../../src/stats/tango.ts";
import { tableOf } from "./tables.ts";

const TABLES = [
  [0, 0, 1],
  [0, 0, 400],
  [1, 0, 1],
  [0, 12, 12],
  [12, 0, 400],
  [3, 5, 60],
  [90, 40, 1000],
  [500, 500, 1000],
  [20_000, 21_000, 1_000_000],
] as const;

describe("the always-valid interval", () => {
  test.each(TABLES)("of %i lost and %i won in %i holds what is not rejected", (lost, won, n) => {
    const table = tableOf(lost, won, n);
    const { low, high } = alwaysValidInterval(table, 0.9);
    expect(low).toBeGreaterThanOrEqual(-1);
    expect(high).toBeLessThanOrEqual(1);
    expect(low).toBeLessThanOrEqual((won - lost) / n);
    expect(high).toBeGreaterThanOrEqual((won - lost) / n);
    const rejected = (difference: number, side: "greater" | "less") =>
      eValueAgainst(table, difference, side).pValue <= 0.05;
    const near = 1e-9;
    if (low > -1) expect(rejected(low - near, "greater")).toBe(true);
    if (low > -1) expect(rejected(low + near, "greater")).toBe(false);
    if (high < 1) expect(rejected(high + near, "less")).toBe(true);
    if (high < 1) expect(rejected(high - near, "less")).toBe(false);
  });

  test("is all there is without cases", () => {
    expect(alwaysValidInterval(tableOf(0, 0, 0))).toEqual({ low: -1, high: 1 });
  });

  test("reaches -1 where nothing speaks against it", () => {
    expect(alwaysValidInterval(tableOf(9, 0, 9)).low).toBe(-1);
    expect(alwaysValidInterval(tableOf(0, 9, 9)).high).toBe(1);
  });

  test("mirrors when the arms swap", () => {
    const { low, high } = alwaysValidInterval(tableOf(4, 9, 80));
    expect(alwaysValidInterval(tableOf(9, 4, 80))).toEqual({ low: -high, high: -low });
  });

  test("is wider than the interval for one look, by less than twice", () => {
    for (const [lost, won, n] of [[0, 0, 400], [5, 5, 500], [30, 60, 1000], [900, 950, 20_000]]) {
      const always = alwaysValidInterval(tableOf(lost ?? 0, won ?? 0, n ?? 0));
      const once = tangoInterval(tableOf(lost ?? 0, won ?? 0, n ?? 0));
      expect(always.low).toBeLessThan(once.low);
      expect(always.high).toBeGreaterThan(once.high);
      expect(always.high - always.low).toBeLessThan(2 * (once.high - once.low));
    }
  });

  test("is wider with more confidence", () => {
    const table = tableOf(3, 9, 100);
    const wide = alwaysValidInterval(table, 0.99);
    const narrow = alwaysValidInterval(table, 0.8);
    expect(wide.low).toBeLessThan(narrow.low);
    expect(wide.high).toBeGreaterThan(narrow.high);
  });

  test.each([0, 1, NaN, 95])("refuses a confidence of %f", (confidence) => {
    expect(() => alwaysValidInterval(tableOf(0, 0, 1), confidence)).toThrow(
      "Cannot use confidence as it must be between 0 and 1",
    );
  });
});

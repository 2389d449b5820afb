import { describe, expect, test } from "vitest";
import { newcombeIndependentInterval } from "../../src/stats/newcombe_independent.ts";

describe("Newcombe's interval for independent proportions", () => {
  // Newcombe (1998), Statistics in Medicine 17:873-890, table II, method 10, contrasts (a) to (h).
  test.each([
    [56, 70, 48, 80, "0.0524", "0.3339"],
    [9, 10, 3, 10, "0.1705", "0.8090"],
    [6, 7, 2, 7, "0.0582", "0.8062"],
    [5, 56, 0, 29, "-0.0381", "0.1926"],
    [0, 10, 0, 20, "-0.1611", "0.2775"],
    [0, 10, 0, 10, "-0.2775", "0.2775"],
    [10, 10, 0, 20, "0.6791", "1.0000"],
    [10, 10, 0, 10, "0.6075", "1.0000"],
  ])("of %i/%i - %i/%i is the published one", (a, m, b, n, low, high) => {
    const found = newcombeIndependentInterval({ passed: a, total: m }, { passed: b, total: n });
    expect(found.low.toFixed(4)).toBe(low);
    expect(found.high.toFixed(4)).toBe(high);
  });

  test("is the published formula to the last digits for 56/70 - 48/80", () => {
    const found = newcombeIndependentInterval({ passed: 56, total: 70 }, { passed: 48, total: 80 });
    // Computed from the formula with 40 digits.
    expect(found.low).toBeCloseTo(0.0524314724023648, 13);
    expect(found.high).toBeCloseTo(0.3338726540369057, 13);
  });

  test("is mirrored when the samples are swapped", () => {
    const [one, other] = [{ passed: 3, total: 11 }, { passed: 7, total: 9 }];
    const there = newcombeIndependentInterval(one, other);
    const back = newcombeIndependentInterval(other, one);
    expect(back.low).toBeCloseTo(-there.high, 15);
    expect(back.high).toBeCloseTo(-there.low, 15);
  });

  test("of an empty sample says nothing", () => {
    const none = { passed: 0, total: 0 };
    expect(newcombeIndependentInterval(none, { passed: 1, total: 2 })).toEqual({
      low: -1,
      high: 1,
    });
    expect(newcombeIndependentInterval({ passed: 1, total: 2 }, none)).toEqual({
      low: -1,
      high: 1,
    });
  });
});

import { describe, expect, test } from "vitest";
import { wilsonInterval } from "../../src/stats/wilson.ts";

describe("the Wilson interval", () => {
  // Newcombe (1998), "Two-sided confidence intervals for the single proportion: comparison of seven
  // methods", Statistics in Medicine 17:857-872, table I, method 3. Four digits are printed.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0.0000, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("of %i in %i is the published one", (passed, total, low, high) => {
    const interval = wilsonInterval(passed, total);
    expect(interval.low.toFixed(4)).toBe(low.toFixed(4));
    expect(interval.high.toFixed(4)).toBe(high.toFixed(4));
  });

  test("satisfies its defining equation at both ends", () => {
    const z = 1.959963984540054;
    for (const [passed, total] of [[1, 3], [81, 263], [399, 400], [5000, 10_000]] as const) {
      const { low, high } = wilsonInterval(passed, total);
      for (const end of [low, high]) {
        const statistic = (passed / total - end) / Math.sqrt(end * (1 - end) / total);
        expect(Math.abs(statistic)).toBeCloseTo(z, 9);
      }
    }
  });

  test("of a sample of size 0 says nothing", () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });

  test("ends exactly at 0 and 1 where nothing or everything passes", () => {
    for (let total = 1; total < 2000; total++) {
      expect(wilsonInterval(0, total).low).toBe(0);
      expect(wilsonInterval(total, total).high).toBe(1);
      expect(wilsonInterval(total, total).low).toBeLessThan(1);
    }
  });

  test("refuses what is not a count", () => {
    expect(() => wilsonInterval(-1, 5)).toThrow(/passed.*current value is -1/);
    expect(() => wilsonInterval(NaN, 5)).toThrow(RangeError);
    expect(() => wilsonInterval(1, 1.5)).toThrow(/total/);
    expect(() => wilsonInterval(6, 5)).toThrow(/at most total/);
  });
});

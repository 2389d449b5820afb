import { describe, expect, test } from "vitest";
import { clopperPearsonInterval } from "../../src/stats/clopper_pearson.ts";

/** Probability of at least `least` successes, added up term by term. */
function upperTail(least: number, total: number, p: number): number {
  let term = (1 - p) ** total;
  let sum = 0;
  for (let k = 0; k <= total; k++) {
    if (k >= least) sum += term;
    term *= (total - k) / (k + 1) * p / (1 - p);
  }
  return sum;
}

describe("Clopper and Pearson's interval", () => {
  // Newcombe (1998), "Two-sided confidence intervals for the single proportion", Statistics in
  // Medicine 17:857-872, table I, method 5; four digits are printed.
  test.each([
    [81, 263, "0.2527", "0.3676"],
    [15, 148, "0.0578", "0.1617"],
    [0, 20, "0.0000", "0.1684"],
    [1, 29, "0.0009", "0.1776"],
  ])("of %i in %i is Newcombe's", (passed, total, low, high) => {
    const interval = clopperPearsonInterval(passed, total);
    expect(interval.low.toFixed(4)).toBe(low);
    expect(interval.high.toFixed(4)).toBe(high);
  });

  // R's manual of binom.test: Mendel's peas after Conover (1971), as its example prints it.
  test("is R's for Mendel's peas, 682 of 925", () => {
    const { low, high } = clopperPearsonInterval(682, 925);
    expect(low).toBeCloseTo(0.7076683, 7);
    expect(high).toBeCloseTo(0.7654066, 7);
  });

  test("solves its defining equations: a tail of 2.5 % at either end", () => {
    for (const [passed, total] of [[1, 3], [5, 20], [81, 263], [1, 400]] as const) {
      const { low, high } = clopperPearsonInterval(passed, total);
      expect(upperTail(passed, total, low)).toBeCloseTo(0.025, 10);
      expect(1 - upperTail(passed + 1, total, high)).toBeCloseTo(0.025, 10);
    }
  });

  test("has the closed form where nothing or everything passes", () => {
    for (const total of [1, 10, 400]) {
      expect(clopperPearsonInterval(0, total).low).toBe(0);
      expect(clopperPearsonInterval(0, total).high).toBeCloseTo(1 - 0.025 ** (1 / total), 12);
      expect(clopperPearsonInterval(total, total).high).toBe(1);
      expect(clopperPearsonInterval(total, total).low).toBeCloseTo(0.025 ** (1 / total), 12);
    }
  });

  test("of no trials says nothing, and refuses what is no sample", () => {
    expect(clopperPearsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
    expect(() => clopperPearsonInterval(2, 1)).toThrow(/at most total \(1\)/);
    expect(() => clopperPearsonInterval(1, 2, 95)).toThrow(/confidence.*current value is 95/);
  });
});

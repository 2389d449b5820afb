import { describe, expect, test } from "vitest";
import { eValueAgainst } from "../../../src/stats/sequential/betting.ts";
import type { Side } from "../../../src/stats/sequential/e_value.ts";
import { tableOf } from "./tables.ts";

const TABLES: readonly [number, number, number][] = [
  [0, 0, 0],
  [0, 0, 40],
  [1, 0, 1],
  [0, 1, 9],
  [3, 5, 60],
  [40, 10, 200],
];

/** Expected e-value after one more case, over the e-value now. */
function expectedGrowth(
  [lost, won, n]: [number, number, number],
  difference: number,
  side: Side,
  rates: { regress: number; improve: number },
): number {
  const log = (a: number, b: number) => eValueAgainst(tableOf(a, b, n + 1), difference, side).log;
  const now = eValueAgainst(tableOf(lost, won, n), difference, side).log;
  return rates.regress * Math.exp(log(lost + 1, won) - now) +
    rates.improve * Math.exp(log(lost, won + 1) - now) +
    (1 - rates.regress - rates.improve) * Math.exp(log(lost, won) - now);
}

describe("an e-value against a difference", () => {
  test.each([-0.9, -0.2, -0.01, 0, 0.01, 0.3, 0.9])(
    "is a fair game where the difference is exactly %f",
    (difference) => {
      for (const state of TABLES) {
        for (const regress of [Math.max(0, -difference), (1 - difference) / 2]) {
          const rates = { regress, improve: regress + difference };
          expect(expectedGrowth([...state], difference, "greater", rates)).toBeCloseTo(1, 10);
          expect(expectedGrowth([...state], difference, "less", rates)).toBeCloseTo(1, 10);
        }
      }
    },
  );

  test("shrinks where the hypothesis holds with room, grows where it is wrong", () => {
    const worse = { regress: 0.1, improve: 0.02 };
    for (const state of TABLES) {
      expect(expectedGrowth([...state], -0.01, "greater", worse)).toBeLessThan(1);
      expect(expectedGrowth([...state], -0.01, "less", worse)).toBeGreaterThan(1);
    }
  });

  test("mirrors when the arms swap", () => {
    const one = eValueAgainst(tableOf(7, 2, 50), -0.02, "less");
    const other = eValueAgainst(tableOf(2, 7, 50), 0.02, "greater");
    expect(one).toEqual(other);
  });

  test("falls as the hypothesis is wider", () => {
    let before = Infinity;
    for (let difference = -0.99; difference < 1; difference += 0.03) {
      const { log } = eValueAgainst(tableOf(3, 9, 100), difference, "greater");
      expect(log).toBeLessThan(before);
      before = log;
    }
  });

  test("is that of the mixture worked out by hand for one case", () => {
    // Shares times (1 + stake) for one pair won at a difference of 0.
    const mean = 0.2 * 1 + 0.117 * 0.97 + 0.098 * 0.86 + 0.095 * 0.7 + 0.088 * 0.5 + 0.073 * 0.34 +
      0.06 * 0.22 + 0.047 * 0.14 + 0.039 * 0.09 + 0.033 * 0.056 + 0.027 * 0.035 + 0.024 * 0.022 +
      0.023 * 0.013 + 0.022 * 0.007 + 0.021 * 0.0035 + 0.033 * 0.0015;
    expect(eValueAgainst(tableOf(0, 1, 1), 0, "greater").log).toBeCloseTo(Math.log(1 + mean), 13);
    expect(eValueAgainst(tableOf(1, 0, 1), 0, "greater").log).toBeCloseTo(Math.log(1 - mean), 13);
  });

  test("says nothing without cases, and of agreeing pairs at a difference of 0", () => {
    expect(eValueAgainst(tableOf(0, 0, 0), -0.01, "greater")).toEqual({ log: 0, pValue: 1 });
    expect(eValueAgainst(tableOf(0, 0, 500), 0, "less").log).toBeCloseTo(0, 12);
  });

  test("needs 460 agreeing cases for a margin of one point at 0.025", () => {
    expect(eValueAgainst(tableOf(0, 0, 459), -0.01, "greater").pValue).toBeGreaterThan(0.025);
    expect(eValueAgainst(tableOf(0, 0, 460), -0.01, "greater").pValue).toBeLessThan(0.025);
  });

  test("stays finite for huge tables", () => {
    for (const [lost, won] of [[1e6, 0], [0, 1e6], [5e5, 5e5], [0, 0]] as const) {
      for (const difference of [-0.999999, -0.01, 0, 0.999999]) {
        for (const side of ["greater", "less"] as const) {
          const { log, pValue } = eValueAgainst(tableOf(lost, won, 1e6), difference, side);
          expect(Number.isFinite(log)).toBe(true);
          expect(pValue).toBeGreaterThanOrEqual(0);
          expect(pValue).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  test.each([-1, 1, NaN, Infinity])("refuses a difference of %f", (difference) => {
    expect(() => eValueAgainst(tableOf(0, 0, 1), difference, "less")).toThrow(
      `Cannot use difference as it must be between -1 and 1, both excluded: current value is ` +
        `${difference}`,
    );
  });

  test("refuses what is not a count", () => {
    expect(() => eValueAgainst(tableOf(-1, 0, 1), 0, "less")).toThrow("Cannot use baselineOnly");
  });
});

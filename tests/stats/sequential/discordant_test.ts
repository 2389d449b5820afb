import { describe, expect, test } from "vitest";
import { eValueAgainst } from "../../../src/stats/sequential/betting.ts";
import { discordantEValue } from "../../../src/stats/sequential/discordant.ts";
import { tableOf } from "./tables.ts";

const logOf = (lost: number, won: number) =>
  discordantEValue(tableOf(lost, won, lost + won), "greater").log;

describe("the e-value of the pairs that disagree", () => {
  // By numerical integration with 40 digits (mpmath).
  test.each([
    [3, 5, -0.628382690827110],
    [100, 50, -4.41680384483218],
    [1000, 600, -6.45281462561355],
  ])("of %i lost and %i won agrees with numerical integration", (lost, won, log) => {
    expect(logOf(lost, won)).toBeCloseTo(log, 7);
  });

  test("has its closed form for one pair: 1 + 2 / pi", () => {
    expect(logOf(0, 1)).toBeCloseTo(Math.log(1 + 2 / Math.PI), 12);
    expect(logOf(1, 0)).toBeCloseTo(Math.log(1 - 2 / Math.PI), 12);
  });

  test("is a fair game where each side is equally likely", () => {
    for (const [lost, won] of [[0, 0], [2, 1], [30, 50], [900, 100]] as const) {
      const now = logOf(lost, won);
      const mean = (Math.exp(logOf(lost + 1, won) - now) + Math.exp(logOf(lost, won + 1) - now)) /
        2;
      expect(mean).toBeCloseTo(1, 8);
    }
  });

  test("stays finite and falls on where the upper half has no probability left", () => {
    let before = logOf(3000, 1000);
    for (const lost of [3400, 4000, 10_000, 1_000_000]) {
      const log = logOf(lost, 1000);
      expect(Number.isFinite(log)).toBe(true);
      expect(log).toBeLessThan(before);
      before = log;
    }
  });

  test("does not look at pairs that agree, and mirrors when the arms swap", () => {
    const table = tableOf(2, 9, 11);
    expect(discordantEValue({ ...table, neither: 500 }, "greater")).toEqual(
      discordantEValue(table, "greater"),
    );
    expect(discordantEValue(tableOf(9, 2, 11), "less")).toEqual(
      discordantEValue(table, "greater"),
    );
    expect(discordantEValue(tableOf(0, 0, 50), "less")).toEqual({ log: 0, pValue: 1 });
  });

  test("says much the same as betting at a difference of 0", () => {
    for (const [lost, won] of [[0, 7], [10, 40], [200, 300]] as const) {
      const betting = eValueAgainst(tableOf(lost, won, 5000), 0, "greater").log;
      expect(Math.abs(logOf(lost, won) - betting)).toBeLessThan(0.7);
    }
  });
});

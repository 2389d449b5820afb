import { expect, test } from "vitest";
import { betsOn, eValueFromLog, logSumExp } from "../../../src/stats/sequential/e_value.ts";
import { tableOf } from "./tables.ts";

test("the anytime-valid p-value is the inverse of the e-value, at most 1", () => {
  expect(eValueFromLog(Math.log(40)).pValue).toBeCloseTo(0.025, 14);
  expect(eValueFromLog(-3)).toEqual({ log: -3, pValue: 1 });
  expect(eValueFromLog(1e6)).toEqual({ log: 1e6, pValue: 0 });
});

test("sums of exponentials neither overflow nor vanish", () => {
  expect(logSumExp(Float64Array.of(1000, 1000))).toBeCloseTo(1000 + Math.LN2, 12);
  expect(logSumExp(Float64Array.of(-1000, -Infinity))).toBe(-1000);
  expect(logSumExp(Float64Array.of(0, Math.log(3)))).toBeCloseTo(Math.log(4), 14);
});

test("a pair that only one arm passes is won by the bet on that arm", () => {
  const table = tableOf(3, 5, 20);
  expect(betsOn("greater", table)).toEqual({ won: 5, lost: 3, tied: 12 });
  expect(betsOn("less", table)).toEqual({ won: 3, lost: 5, tied: 12 });
});

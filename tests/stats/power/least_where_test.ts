import { expect, test } from "vitest";
import { leastWhere } from "../../../src/stats/power/least_where.ts";

test("finds the least number from any guess", () => {
  for (const wanted of [1, 2, 17, 63, 64]) {
    for (let guess = -5; guess < 80; guess++) {
      expect(leastWhere((value) => value >= wanted, 0, 64, guess)).toBe(wanted);
    }
  }
});

test("needs few calls with a good guess, and few dozen with a bad one", () => {
  const calls = (guess: number) => {
    let count = 0;
    leastWhere((value) => (count++, value >= 700_000), 0, 1_000_000, guess);
    return count;
  };
  expect(calls(700_000)).toBeLessThanOrEqual(2);
  expect(calls(700_002)).toBeLessThanOrEqual(5);
  expect(calls(3)).toBeLessThan(45);
});

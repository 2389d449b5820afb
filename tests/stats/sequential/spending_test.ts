import { expect, test } from "vitest";
import { spentAlpha } from "../../../src/stats/sequential/spending.ts";

// Published in the README of PharmCat/SeqBounds.jl.
test.each([[0.25, 8.85754e-5], [0.5, 0.0055746], [0.75, 0.0236251], [1, 0.05]])(
  "the O'Brien-Fleming type has spent its published part at %f",
  (fraction, spent) => {
    expect(spentAlpha("obrien-fleming", 0.05, fraction) / spent).toBeCloseTo(1, 5);
  },
);

test("the Pocock type spends alpha ln(1 + (e - 1) t)", () => {
  expect(spentAlpha("pocock", 0.05, 0.5)).toBeCloseTo(0.05 * Math.log((Math.E + 1) / 2), 15);
  expect(spentAlpha("pocock", 0.05, 1)).toBe(0.05);
});

test("nothing is spent before the first case", () => {
  expect(spentAlpha("pocock", 0.05, 0)).toBe(0);
  expect(spentAlpha("obrien-fleming", 0.05, 0)).toBe(0);
});

import { describe, expect, test } from "vitest";
import { baselineChance } from "../../../src/gate/power/baseline_chance.ts";

describe("the chance that the baseline passes enough", () => {
  test.each([
    // Of two cases with even chances: one or two pass in 3 of 4 runs, both in 1 of 4.
    [0.5, 2, 0.5, 0.75],
    [0.6, 2, 0.5, 0.25],
    // No policy adopts where it passes none.
    [0, 2, 0.5, 0.75],
    [0, 10, 0, 0],
    [0.9, 10, 1, 1],
  ])("with %f wanted of %i cases and a pass rate of %f is %f", (wanted, n, passRate, chance) => {
    expect(baselineChance({ baselinePassRate: wanted }, n, { passRate })).toBeCloseTo(chance, 12);
  });
});

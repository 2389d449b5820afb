import { describe, expect, test } from "vitest";
import { type SequentialPlan, sequentialPower } from "../../../src/stats/power/sequential_power.ts";
import { tableTotal } from "../../../src/stats/paired_table.ts";

const firstRegression: SequentialPlan = {
  most: 1000,
  batch: 1,
  regress: 0.02,
  improve: 0.01,
  decide: ({ baselineOnly }) => baselineOnly > 0 ? "reject" : "continue",
  runs: 4000,
  seed: 11,
};

describe("a sequential run played many times", () => {
  test("stops at the first regression as the geometric distribution says", () => {
    const { reject, undecided, adopt, cases } = sequentialPower(firstRegression);
    expect(Math.abs(cases.mean - 50)).toBeLessThan(4 * cases.standardError);
    expect(cases.standardError).toBeCloseTo(50 / Math.sqrt(4000), 0);
    // Half of the runs regress within 34.3 cases, nine of ten within 114.
    expect(Math.abs(cases.median - 34.3)).toBeLessThan(5);
    expect(Math.abs(cases.ninetieth - 114)).toBeLessThan(12);
    expect(reject.share + undecided.share).toBe(1);
    expect(adopt).toEqual({ share: 0, standardError: 0 });
  });

  test("gives the same answer again, and another one for another seed", () => {
    expect(sequentialPower(firstRegression)).toEqual(sequentialPower(firstRegression));
    expect(sequentialPower({ ...firstRegression, seed: 12 })).not.toEqual(
      sequentialPower(firstRegression),
    );
  });

  test("looks after each batch and at the end only", () => {
    const looks: number[] = [];
    const { undecided, cases } = sequentialPower({
      ...firstRegression,
      most: 25,
      batch: 10,
      runs: 1,
      decide: (table) => {
        looks.push(tableTotal(table));
        return "continue";
      },
    });
    expect(looks).toEqual([10, 20, 25]);
    expect(undecided).toEqual({ share: 1, standardError: 0 });
    expect(cases).toEqual({ mean: 25, standardError: 0, median: 25, ninetieth: 25 });
  });

  test.each([
    [{ most: 0 }, "Cannot use most"],
    [{ batch: 0 }, "Cannot use batch"],
    [{ runs: 0.5 }, "Cannot use runs"],
    [{ seed: -1 }, "Cannot use seed"],
    [{ regress: 2 }, "Cannot use regress"],
  ])("refuses %o", (wrong, reason) => {
    expect(() => sequentialPower({ ...firstRegression, ...wrong })).toThrow(reason);
  });
});

import { describe, expect, test } from "vitest";
import {
  cautiousDesignEffect,
  designEffect,
  meanClusterSize,
} from "../../src/stats/design_effect.ts";
import { LITTERS } from "./data.ts";

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** A table in which the baseline always fails, so that the difference is the candidate's success. */
function successes(survived: number[], alive: number[]) {
  const table = {
    both: 0,
    candidateOnly: sum(survived),
    baselineOnly: 0,
    neither: sum(alive) - sum(survived),
  };
  return designEffect(table, { differences: survived, sizes: alive });
}

describe("the design effect", () => {
  // Rao and Scott (1992) on Weil's litters (their table 1), as printed to seven digits in the manual
  // of R's package PF, `rsb(rat$y, rat$n, id = rat$group)$d`.
  test("is the published one for one proportion", () => {
    const { control, treated } = LITTERS;
    expect(successes(control.survived, control.alive)).toBeCloseTo(1.232495, 6);
    expect(successes(treated.survived, treated.alive)).toBeCloseTo(3.952861, 6);
  });

  test("is n / (n - 1) for clusters of one case each", () => {
    const table = { both: 3, candidateOnly: 2, baselineOnly: 1, neither: 4 };
    const differences = [1, 1, -1, 0, 0, 0, 0, 0, 0, 0];
    const effect = designEffect(table, { differences, sizes: differences.map(() => 1) });
    expect(effect).toBeCloseTo(10 / 9, 12);
  });

  test("is about the size of clusters whose cases are copies of each other", () => {
    const table = { both: 400, candidateOnly: 100, baselineOnly: 50, neither: 50 };
    const differences = [
      ...Array<number>(20).fill(5),
      ...Array<number>(10).fill(-5),
      ...Array<number>(90).fill(0),
    ];
    const effect = designEffect(table, { differences, sizes: differences.map(() => 5) });
    expect(effect).toBeCloseTo(5 * 120 / 119, 9);
  });

  test("is the cluster size where all pairs are tied, or all differ the same way", () => {
    const tied = { both: 30, candidateOnly: 0, baselineOnly: 0, neither: 10 };
    expect(designEffect(tied, { differences: [0, 0, 0, 0], sizes: [10, 10, 10, 10] })).toBe(10);
    const lost = { both: 0, candidateOnly: 0, baselineOnly: 12, neither: 0 };
    expect(designEffect(lost, { differences: [-6, -6], sizes: [6, 6] })).toBe(6);
    // Of unequal clusters it is the size that a case meets on average: (1 + 9) / 4.
    const uneven = { both: 4, candidateOnly: 0, baselineOnly: 0, neither: 0 };
    expect(designEffect(uneven, { differences: [0, 0], sizes: [1, 3] })).toBe(2.5);
  });

  test("is the number of cases for a single cluster: there is one observation", () => {
    const table = { both: 7, candidateOnly: 2, baselineOnly: 1, neither: 0 };
    expect(designEffect(table, { differences: [1], sizes: [10] })).toBe(10);
    expect(designEffect(table, { differences: [0, 1, 0], sizes: [0, 10, 0] })).toBe(10);
  });

  test("is never below 1, and 1 without cases", () => {
    const table = { both: 0, candidateOnly: 4, baselineOnly: 4, neither: 0 };
    const sums = { differences: new Int32Array(4), sizes: Uint32Array.of(2, 2, 2, 2) };
    expect(designEffect(table, sums)).toBe(1);
    const none = { both: 0, candidateOnly: 0, baselineOnly: 0, neither: 0 };
    expect(designEffect(none, { differences: [], sizes: [] })).toBe(1);
  });

  test("refuses clusters that are not those of the table", () => {
    const table = { both: 1, candidateOnly: 1, baselineOnly: 0, neither: 0 };
    const of = (differences: number[], sizes: number[]) => () =>
      designEffect(table, { differences, sizes });
    expect(of([1], [1, 1])).toThrow(/differences.*one a cluster \(2\).*current value has 1/);
    expect(of([1, 0], [1, 2])).toThrow(/add up to the table \(2 cases.*current values are 3/);
    expect(of([0, 0], [1, 1])).toThrow(/a difference of 1\).*and 0/);
    expect(of([2, -1], [1, 1])).toThrow(/at most its cluster's size \(1\).*current value is 2/);
    expect(of([0.5, 0.5], [1, 1])).toThrow(/whole number.*current value is 0.5/);
    expect(of([1, 0], [1.5, 0.5])).toThrow(/sizes/);
  });
});

describe("the cautious design effect", () => {
  const tens = Array<number>(40).fill(10);
  const table = (lost: number) => ({
    both: 400 - lost,
    candidateOnly: 0,
    baselineOnly: lost,
    neither: 0,
  });

  test("is the cluster size without evidence, and does not fall to 1 with the first stray pair", () => {
    const none = { differences: tens.map(() => 0), sizes: tens };
    expect(cautiousDesignEffect(table(0), none)).toBe(10);
    const stray = { differences: tens.map((_, at) => at === 0 ? -1 : 0), sizes: tens };
    expect(designEffect(table(1), stray)).toBeLessThan(1.03);
    expect(cautiousDesignEffect(table(1), stray)).toBeGreaterThan(9);
  });

  test("comes near the estimate where many pairs disagree", () => {
    const sizes = Array<number>(2000).fill(5);
    const differences = sizes.map((_, at) => at % 2 === 0 ? 1 : -1);
    const many = { both: 8000, candidateOnly: 1000, baselineOnly: 1000, neither: 0 };
    const [plain, cautious] = [designEffect, cautiousDesignEffect].map((effect) =>
      effect(many, { differences, sizes })
    );
    expect(cautious).toBeGreaterThan(plain ?? NaN);
    expect(cautious).toBeLessThan(1.02 * (plain ?? NaN));
  });

  test("is the number of cases for a single cluster, and 1 without cases", () => {
    const one = { both: 7, candidateOnly: 2, baselineOnly: 1, neither: 0 };
    expect(cautiousDesignEffect(one, { differences: [1], sizes: [10] })).toBe(10);
    const none = { both: 0, candidateOnly: 0, baselineOnly: 0, neither: 0 };
    expect(cautiousDesignEffect(none, { differences: [], sizes: [] })).toBe(1);
  });
});

test("the mean cluster size is that which a case meets", () => {
  expect(meanClusterSize([4, 4, 4])).toBe(4);
  expect(meanClusterSize([1, 0, 3])).toBe(2.5);
  expect(meanClusterSize([])).toBe(1);
});

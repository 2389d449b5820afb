import { describe, expect, test } from "vitest";
import { mannWhitneyTest } from "../../src/stats/mann_whitney.ts";
import { mannWhitneyDistribution } from "../../src/stats/mann_whitney_distribution.ts";
import { rank } from "../../src/stats/ranks.ts";
import { SLEEP } from "./data.ts";

/** Every choice of `size` of the ranks `1..total`. */
function* choices(size: number, total: number, from = 1): Generator<number[]> {
  if (size === 0) return yield [];
  for (let first = from; first <= total - size + 1; first++) {
    for (const rest of choices(size - 1, total, first + 1)) yield [first, ...rest];
  }
}

describe("the Mann-Whitney test", () => {
  // Hollander and Wolfe (1973), page 69: permeability of the human chorioamnion; the manual of R's
  // wilcox.test: W = 35, p-value = 0.1272, alternative "greater". That is 382/3003.
  test("is the published one for the chorioamnion", () => {
    const atTerm = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    const earlier = [1.15, 0.88, 0.9, 0.74, 1.21];
    const found = mannWhitneyTest(atTerm, earlier, "greater");
    expect(found).toMatchObject({ u: 35, superiority: 0.7, method: "exact" });
    expect(found.pValue).toBeCloseTo(382 / 3003, 12);
  });

  // The manual of R's wilcox.test: Ozone ~ Month of airquality, May against August.
  test("is R's with ties and continuity correction for ozone in May and August", () => {
    const may = [
      ...[41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32],
      ...[23, 45, 115, 37],
    ];
    const august = [
      ...[39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168],
      ...[73, 76, 118, 84, 85],
    ];
    const found = mannWhitneyTest(may, august);
    expect(found).toMatchObject({ u: 127.5, method: "normal" });
    expect(found.pValue?.toFixed(7)).toBe("0.0001208");
  });

  // R: wilcox.test(extra ~ group, data = sleep) prints W = 25.5, p-value = 0.06933; SciPy's
  // mannwhitneyu(method="asymptotic") gives the further digits.
  test("is R's for the sleep data", () => {
    const { u, pValue } = mannWhitneyTest(SLEEP.first, SLEEP.second);
    expect(u).toBe(25.5);
    expect(pValue).toBeCloseTo(0.06932757543362658, 12);
  });

  // The manual of scipy.stats.mannwhitneyu: age at diagnosis of diabetes, U = 17, p = 0.111111.
  test("is SciPy's for the ages at diagnosis", () => {
    const found = mannWhitneyTest([19, 22, 16, 29, 24], [20, 11, 17, 12]);
    expect(found.u).toBe(17);
    expect(found.pValue).toBeCloseTo(1 / 9, 12);
  });

  test("has the exact distribution of all choices of ranks", () => {
    for (const [first, second] of [[1, 1], [3, 4], [5, 5], [2, 9], [6, 4]] as const) {
      const counts = new Float64Array(first * second + 1);
      let total = 0;
      for (const ranks of choices(first, first + second)) {
        const u = ranks.reduce((sum, value) => sum + value, 0) - first * (first + 1) / 2;
        counts[u] = (counts[u] ?? 0) + 1;
        total += 1;
      }
      mannWhitneyDistribution(first, second).forEach((probability, u) => {
        expect(probability).toBeCloseTo((counts[u] ?? 0) / total, 14);
      });
    }
  });

  test("keeps its digits far out in both tails of the largest exact case", () => {
    const distribution = mannWhitneyDistribution(49, 49);
    // One way of C(98, 49) to be all below, two ways to be one step further... and the mirror image.
    const ways = 25477612258980856902730428600;
    expect((distribution[0] ?? 0) * ways).toBeCloseTo(1, 12);
    expect((distribution[4] ?? 0) * ways).toBeCloseTo(5, 12);
    expect(distribution[2401]).toBe(distribution[0]);
    const below = Array.from({ length: 49 }, (_, index) => index);
    const above = below.map((value) => value + 100);
    expect((mannWhitneyTest(below, above, "less").pValue ?? 0) * ways).toBeCloseTo(1, 12);
    expect((mannWhitneyTest(above, below, "greater").pValue ?? 0) * ways).toBeCloseTo(1, 12);
  });

  test("is near its exact value by the normal approximation", () => {
    const first = Array.from({ length: 60 }, (_, index) => index * 2.1);
    const second = Array.from({ length: 40 }, (_, index) => index * 2.03 + 30.5);
    const { u, pValue, method } = mannWhitneyTest(first, second);
    expect(method).toBe("normal");
    const distribution = mannWhitneyDistribution(60, 40);
    const tail = distribution.subarray(0, Math.min(u ?? 0, 2400 - (u ?? 0)) + 1);
    const exact = 2 * tail.reduce((sum, probability) => sum + probability, 0);
    expect(Math.abs((pValue ?? 0) - exact)).toBeLessThan(0.002);
  });

  test("finds nothing where all values are tied, and knows nothing of no values", () => {
    for (const alternative of ["different", "less", "greater"] as const) {
      expect(mannWhitneyTest([1, 1, 1], [1, 1], alternative)).toMatchObject({ u: 3, pValue: 1 });
      expect(mannWhitneyTest([], [1], alternative)).toMatchObject({ u: null, pValue: null });
      expect(mannWhitneyTest([NaN], [1], alternative)).toMatchObject({ u: null, pValue: null });
    }
  });
});

describe("ranks", () => {
  test("are shared by tied values", () => {
    const { ranks, ties } = rank([3, 1, 3, 2, 3]);
    expect([...ranks]).toEqual([4, 1, 4, 2, 4]);
    expect(ties).toBe(24);
    expect(rank([]).ranks.length).toBe(0);
  });
});

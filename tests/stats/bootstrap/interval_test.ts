import { describe, expect, test } from "vitest";
import { basic } from "../../../src/stats/bootstrap/basic.ts";
import { bca } from "../../../src/stats/bootstrap/bca.ts";
import { bootstrapInterval, type BootstrapRequest } from "../../../src/stats/bootstrap/interval.ts";
import { acceleration, jackknifeValues } from "../../../src/stats/bootstrap/jackknife.ts";
import { percentile } from "../../../src/stats/bootstrap/percentile.ts";
import { bootstrapReplicates, type Statistic } from "../../../src/stats/bootstrap/replicates.ts";
import { makeUnits } from "../../../src/stats/bootstrap/units.ts";
import { LAW_SCHOOL, SPATIAL_A } from "../data.ts";

const squares = (column: Float64Array) => column.map((value) => value * value);

/** The variance with n below, from the totals of x, x² and 1. */
const variance: Statistic = ([sum = 0, squared = 0, count = 0]) =>
  squared / count - (sum / count) * (sum / count);

const spatial: BootstrapRequest = {
  columns: [SPATIAL_A, squares(SPATIAL_A)],
  statistic: variance,
  method: bca,
  whenConstant: "unknown",
  confidence: 0.9,
  seed: 1993,
};

/** The correlation, from the totals of x, y, x², y², xy and 1. */
const correlation: Statistic = ([x = 0, y = 0, xx = 0, yy = 0, xy = 0, n = 0]) =>
  (n * xy - x * y) / Math.sqrt((n * xx - x * x) * (n * yy - y * y));
const { lsat, gpa } = LAW_SCHOOL;
const product = lsat.map((value, index) => value * (gpa[index] ?? 0));
const law = [lsat, gpa, squares(lsat), squares(gpa), product];

describe("bootstrap intervals", () => {
  // Efron and Tibshirani (1993), table 14.2 and page 186: the variance of test A of the spatial data
  // is 171.5, its acceleration 0.061; of 2,000 resamples the 90 % intervals are percentile 100.8 to
  // 233.9 and BCa 115.8 to 259.6. Theirs and ours differ by both simulations' errors, 3 or so.
  test("are near the published ones for the variance of the spatial data", () => {
    const wide = bootstrapInterval({ ...spatial, method: percentile, resamples: 40_000 });
    expect(wide.estimate).toBeCloseTo(171.534024, 6);
    expect(Math.abs((wide.low ?? 0) - 100.8)).toBeLessThan(4);
    expect(Math.abs((wide.high ?? 0) - 233.9)).toBeLessThan(4);
    const corrected = bootstrapInterval({ ...spatial, resamples: 40_000 });
    expect(Math.abs((corrected.low ?? 0) - 115.8)).toBeLessThan(3);
    expect(Math.abs((corrected.high ?? 0) - 259.6)).toBeLessThan(4);
  });

  test("have the published acceleration for the spatial data", () => {
    const units = makeUnits(spatial.columns);
    expect(acceleration(jackknifeValues(units, variance) ?? new Float64Array(1))).toBeCloseTo(
      0.061,
      3,
    );
  });

  // Efron and Tibshirani (1993), section 6.3: correlation 0.776, a bootstrap standard error of
  // about 0.13; the jackknife's is 0.143 (B. Efron (1982), "The Jackknife, the Bootstrap and
  // Other Resampling Plans").
  test("come from the published spread for the correlation of the law school data", () => {
    const { estimate } = bootstrapInterval({ ...spatial, columns: law, statistic: correlation });
    expect(estimate).toBeCloseTo(0.776, 3);
    const units = makeUnits(law);
    const replicates = bootstrapReplicates(units, correlation, 20_000, 3);
    const mean = replicates.reduce((sum, value) => sum + value, 0) / replicates.length;
    const spread = replicates.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
    expect(Math.sqrt(spread / replicates.length)).toBeCloseTo(0.133, 2);
    const without = jackknifeValues(units, correlation) ?? new Float64Array(1);
    const centre = without.reduce((sum, value) => sum + value, 0) / 15;
    const around = without.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
    expect(Math.sqrt(14 / 15 * around)).toBeCloseTo(0.143, 3);
  });

  test("are mirrored at the estimate by the basic method", () => {
    const one = bootstrapInterval({ ...spatial, method: percentile });
    const other = bootstrapInterval({ ...spatial, method: basic });
    expect(other.low).toBe(2 * (one.estimate ?? 0) - (one.high ?? 0));
    expect(other.high).toBe(2 * (one.estimate ?? 0) - (one.low ?? 0));
  });

  test("do not change when rows of one cluster are given apart or added up", () => {
    const apart = bootstrapInterval({
      ...spatial,
      columns: [Float64Array.of(1, 2, 3, 4, 5, 6)],
      clusters: Uint32Array.of(0, 0, 1, 1, 2, 2),
      statistic: ([sum = 0]) => sum,
    });
    const together = bootstrapInterval({
      ...spatial,
      columns: [Float64Array.of(3, 7, 11)],
      statistic: ([sum = 0]) => sum,
    });
    expect(apart).toEqual(together);
  });
});

describe("what a bootstrap interval does not know", () => {
  const mean: Statistic = ([sum = 0, count = 0]) => sum / count;
  const of = (values: number[], more: Partial<BootstrapRequest> = {}) =>
    bootstrapInterval({
      columns: [Float64Array.from(values)],
      statistic: mean,
      method: percentile,
      whenConstant: "unknown",
      resamples: 200,
      seed: 1,
      ...more,
    });

  test("is everything without rows, and with a number that is not finite", () => {
    for (const values of [[], [NaN, 1, 2], [1, Infinity, 2], [-Infinity, Infinity]]) {
      for (const method of [percentile, basic, bca]) {
        expect(of(values, { method })).toMatchObject({ estimate: null, low: null, high: null });
      }
    }
  });

  test("is the error of one row or one cluster", () => {
    expect(of([5], { whenConstant: "exact" })).toMatchObject({
      estimate: 5,
      low: null,
      high: null,
    });
    const clusters = new Uint32Array(4);
    expect(of([5, 6, 7, 8], { clusters })).toMatchObject({ estimate: 6.5, low: null, high: null });
  });

  test("is the error of rows that are all the same, unless the caller says that this is exact", () => {
    for (const method of [percentile, basic, bca]) {
      expect(of([0, 0, 0, 0], { method })).toMatchObject({ estimate: 0, low: null, high: null });
      expect(of([0, 0, 0, 0], { method, whenConstant: "exact" })).toMatchObject({
        low: 0,
        high: 0,
      });
    }
    // 0.1 added up three times is not 0.3: rounding is no spread.
    expect(of([0.1, 0.1, 0.1])).toMatchObject({ low: null, high: null });
  });

  test("is what a resample without a number would say", () => {
    // A resample of the first row only has nothing to divide by.
    const ratio = of([], {
      columns: [Float64Array.of(1, 2), Float64Array.of(0, 3)],
      statistic: ([a = 0, b = 0]) => a / b,
    });
    expect(ratio).toMatchObject({ estimate: 1, low: null, high: null });
  });

  test("is what BCa has no correction for: replicates on one side of the estimate only", () => {
    // Only the twelve powers of two themselves add up to 4095, and a resample hardly ever is them.
    const powers = Array.from({ length: 12 }, (_, index) => 2 ** index);
    const statistic: Statistic = ([sum = 0]) => sum === 4095 ? 0 : sum;
    const found = of(powers, { method: bca, statistic });
    expect(found).toMatchObject({ estimate: 0, low: null, high: null });
    expect(of(powers, { method: percentile, statistic }).low).toBeGreaterThan(0);
  });

  test("is nothing of a misuse, which throws", () => {
    expect(() => of([1, 2], { resamples: 38 })).toThrow(
      /resamples.*at least 39.*current value is 38/,
    );
    expect(() => of([1, 2], { resamples: 198, confidence: 0.99 })).toThrow(/at least 199/);
    expect(() => of([1, 2], { confidence: 1 })).toThrow(/confidence/);
    expect(() => of([1, 2], { seed: -1 })).toThrow(/seed/);
  });
});

import { describe, expect, test } from "vitest";
import { bca } from "../../src/stats/bootstrap/bca.ts";
import { percentile } from "../../src/stats/bootstrap/percentile.ts";
import { ratioOfTotals } from "../../src/stats/ratio.ts";
import { CITY } from "./data.ts";

const options = { method: percentile, whenConstant: "exact", seed: 7 } as const;

describe("the ratio of totals", () => {
  // The manual of R's package boot (`boot.ci`, after Davison and Hinkley (1997), section 5.3): the
  // ratio of the cities' populations is 1.520313.
  test("is the published one for the ten cities", () => {
    const { estimate } = ratioOfTotals({
      ...options,
      candidate: CITY.in1930,
      baseline: CITY.in1920,
    });
    expect(estimate).toBe(1.5203125);
  });

  test("is certain where every case has the same ratio and the caller says that this is exact", () => {
    const baseline = Float64Array.of(100, 250, 3, 7e9);
    const same = ratioOfTotals({ ...options, candidate: baseline, baseline });
    expect(same).toMatchObject({ estimate: 1, low: 1, high: 1 });
    const candidate = baseline.map((value) => value * 1.1);
    const dearer = ratioOfTotals({ ...options, candidate, baseline });
    expect(dearer.low).toBe(dearer.estimate);
    expect(dearer.high).toBe(dearer.estimate);
    const unknown = ratioOfTotals({
      ...options,
      candidate: baseline,
      baseline,
      whenConstant: "unknown",
    });
    expect(unknown).toMatchObject({ estimate: 1, low: null, high: null });
  });

  test("is unknown where the baseline spends nothing", () => {
    const found = ratioOfTotals({
      ...options,
      candidate: Float64Array.of(1, 2),
      baseline: Float64Array.of(0, 0),
    });
    expect(found).toMatchObject({ estimate: null, low: null, high: null });
  });

  test("is the inverse when the arms are swapped, and so is its percentile interval", () => {
    const one = ratioOfTotals({ ...options, candidate: CITY.in1930, baseline: CITY.in1920 });
    const other = ratioOfTotals({ ...options, candidate: CITY.in1920, baseline: CITY.in1930 });
    expect(other.low).toBeCloseTo(1 / (one.high ?? 0), 3);
    expect(other.high).toBeCloseTo(1 / (one.low ?? 0), 3);
  });

  test("has a BCa interval around it", () => {
    const found = ratioOfTotals({
      ...options,
      method: bca,
      candidate: CITY.in1930,
      baseline: CITY.in1920,
    });
    expect(found.low).toBeGreaterThan(1.1);
    expect(found.low).toBeLessThan(1.520313);
    expect(found.high).toBeGreaterThan(1.520313);
  });

  test("refuses arms of different length", () => {
    const [candidate, baseline] = [Float64Array.of(1, 2), Float64Array.of(1)];
    expect(() => ratioOfTotals({ ...options, candidate, baseline })).toThrow(RangeError);
  });
});

import { describe, expect, test } from "vitest";
import { percentile } from "../../src/stats/bootstrap/percentile.ts";
import { meanDifference, pairedDifferences } from "../../src/stats/mean_difference.ts";
import { pairedTTest } from "../../src/stats/paired_t.ts";
import { SLEEP } from "./data.ts";

const request = {
  candidate: Float64Array.from(SLEEP.second),
  baseline: Float64Array.from(SLEEP.first),
  method: percentile,
  whenConstant: "unknown",
  seed: 11,
} as const;

describe("the mean difference of a metric", () => {
  test("is the mean of the cases' differences, near Student's interval for Student's data", () => {
    const mean = meanDifference({ ...request, of: "mean" });
    expect(mean.estimate).toBeCloseTo(1.58, 12);
    const student = pairedTTest(pairedDifferences(request.candidate, request.baseline));
    expect(Math.abs((mean.low ?? 0) - (student.low ?? 0))).toBeLessThan(0.35);
    expect(Math.abs((mean.high ?? 0) - (student.high ?? 0))).toBeLessThan(0.35);
  });

  test("is as many times larger as a sum as there are cases", () => {
    const mean = meanDifference({ ...request, of: "mean" });
    const sum = meanDifference({ ...request, of: "sum" });
    expect(sum.estimate).toBeCloseTo(15.8, 12);
    expect(sum.low).toBeCloseTo(10 * (mean.low ?? 0), 9);
    expect(sum.high).toBeCloseTo(10 * (mean.high ?? 0), 9);
  });

  test("of a sum takes the number of cases for given, in clusters too", () => {
    const clusters = Uint32Array.of(0, 0, 0, 0, 0, 0, 1, 1, 2, 3);
    const mean = meanDifference({ ...request, clusters, of: "mean" });
    const sum = meanDifference({ ...request, clusters, of: "sum" });
    expect(sum.low).toBeCloseTo(10 * (mean.low ?? 0), 9);
  });

  test("is unknown where nothing differs, unless the caller says that this is exact", () => {
    const same = { ...request, candidate: request.baseline, of: "mean" } as const;
    expect(meanDifference(same)).toMatchObject({ estimate: 0, low: null, high: null });
    expect(meanDifference({ ...same, whenConstant: "exact" })).toMatchObject({ low: 0, high: 0 });
  });

  test("refuses arms of different length", () => {
    expect(() => pairedDifferences(Float64Array.of(1, 2), Float64Array.of(1))).toThrow(
      /baseline.*as many numbers as candidate \(2\).*current value has 1/,
    );
  });
});

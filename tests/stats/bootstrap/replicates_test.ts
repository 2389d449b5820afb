import { describe, expect, test } from "vitest";
import { bootstrapReplicates } from "../../../src/stats/bootstrap/replicates.ts";
import { makeUnits } from "../../../src/stats/bootstrap/units.ts";

const RESAMPLES = 40_000;

/** Every resample of `values.length` rows, each as likely as the others. */
function everyResample(count: number): number[][] {
  let all: number[][] = [[]];
  for (let draw = 0; draw < count; draw++) {
    all = all.flatMap((rows) => Array.from({ length: count }, (_, row) => [...rows, row]));
  }
  return all;
}

/** The largest distance between two samples' distribution functions. */
function largestGap(one: number[], other: number[]): number {
  const share = (sample: number[], at: number) =>
    sample.filter((value) => value <= at + 1e-12).length / sample.length;
  return Math.max(...[...new Set(other)].map((at) => Math.abs(share(one, at) - share(other, at))));
}

describe("bootstrap replicates", () => {
  test("have the distribution of all n^n resamples, for a ratio of paired columns", () => {
    const a = [2, 3, 7, 1, 4];
    const b = [1, 5, 6, 2, 2];
    const sum = (rows: number[], column: number[]) =>
      rows.reduce((total, row) => total + (column[row] ?? 0), 0);
    const exact = everyResample(5).map((rows) => sum(rows, a) / sum(rows, b));
    const units = makeUnits([Float64Array.from(a), Float64Array.from(b)]);
    const found = bootstrapReplicates(units, ([x = 0, y = 0]) => x / y, RESAMPLES, 5);
    // Kolmogorov's distance stays below 1.95 / sqrt(B) in 999 of 1,000 simulations.
    expect(largestGap([...found], exact)).toBeLessThan(1.95 / Math.sqrt(RESAMPLES));
  });

  test("have the distribution of all resamples of clusters, for a mean over rows", () => {
    const sums = [3, 9, 2, 12];
    const sizes = [1, 2, 1, 3];
    const values = Float64Array.of(3, 4, 5, 2, 1, 10, 1);
    const clusters = Uint32Array.of(0, 1, 1, 2, 3, 3, 3);
    const total = (rows: number[], column: number[]) =>
      rows.reduce((sum, row) => sum + (column[row] ?? 0), 0);
    const exact = everyResample(4).map((rows) => total(rows, sums) / total(rows, sizes));
    const units = makeUnits([values], clusters);
    const found = bootstrapReplicates(units, ([x = 0, n = 1]) => x / n, RESAMPLES, 6);
    expect(largestGap([...found], exact)).toBeLessThan(1.95 / Math.sqrt(RESAMPLES));
  });

  test("are the same for the same seed and others for another", () => {
    const units = makeUnits([Float64Array.of(1, 5, 2, 8, 3)]);
    const replicates = (seed: number) => bootstrapReplicates(units, ([x = 0]) => x, 50, seed);
    expect(replicates(4)).toEqual(replicates(4));
    expect(replicates(4)).not.toEqual(replicates(5));
  });
});

import { describe, expect, test } from "vitest";
import { orderedQuantile } from "../../../src/stats/bootstrap/ordered.ts";

describe("a quantile of replicates", () => {
  test("is the (B + 1) p-th of 999, as Davison and Hinkley take it", () => {
    const ascending = Float64Array.from({ length: 999 }, (_, index) => index + 1);
    expect(orderedQuantile(ascending, 0.025)).toBe(25);
    expect(orderedQuantile(ascending, 0.975)).toBeCloseTo(975, 9);
  });

  // R: quantile(c(1, 3, 4, 10), c(0.3, 0.5, 0.75), type = 6) is 2, 3.5, 8.5.
  test("is R's type 6 between two replicates", () => {
    const ascending = Float64Array.of(1, 3, 4, 10);
    expect(orderedQuantile(ascending, 0.3)).toBe(2);
    expect(orderedQuantile(ascending, 0.5)).toBe(3.5);
    expect(orderedQuantile(ascending, 0.75)).toBe(8.5);
  });

  test("never leaves the replicates", () => {
    const ascending = Float64Array.of(1, 3, 4, 10);
    for (const p of [0, 1e-9, 0.1, 0.9, 1]) {
      expect(orderedQuantile(ascending, p)).toBeGreaterThanOrEqual(1);
      expect(orderedQuantile(ascending, p)).toBeLessThanOrEqual(10);
    }
    expect(orderedQuantile(Float64Array.of(5), 0.5)).toBe(5);
  });
});

import { describe, expect, test } from "vitest";
import { planBatches } from "../../src/evaluate/batch.ts";

describe("the batches of a run", () => {
  test.each([[1, 1], [2, 8], [7, 3], [400, 2], [1000, 1], [100_000, 4]])(
    "hold each of %d indices once, in order, for a width of %d",
    (n, width) => {
      let next = 0;
      for (const { start, end } of planBatches(n, width)) {
        expect(start).toBe(next);
        expect(end).toBeGreaterThan(start);
        next = end;
      }
      expect(next).toBe(n);
    },
  );

  test("are enough to keep everyone busy, and bounded", () => {
    const sizes = [...planBatches(400, 2)].map(({ start, end }) => end - start);
    expect(sizes.length).toBeGreaterThanOrEqual(16);
    const most = Math.max(...[...planBatches(100_000, 1)].map(({ start, end }) => end - start));
    expect(most).toBe(256);
  });
});

import { describe, expect, test } from "vitest";
import { newcombeInterval } from "../../src/stats/newcombe.ts";
import type { PairedTable } from "../../src/stats/paired_table.ts";

function table(
  both: number,
  candidateOnly: number,
  baselineOnly: number,
  neither: number,
): PairedTable {
  return { both, candidateOnly, baselineOnly, neither };
}

describe("Newcombe's hybrid interval", () => {
  // Newcombe (1998), Statistics in Medicine 17:2635-2650, the examples of method 10, four digits;
  // the last one from Fagerland, Lydersen and Laake (2014).
  test.each([
    [table(36, 12, 2, 0), "0.0569", "0.3404"],
    [table(18, 12, 2, 18), "0.0562", "0.3290"],
    [table(53, 0, 0, 1), "-0.0729", "0.0729"],
    [table(0, 30, 0, 0), "0.8395", "1.0000"],
    [table(1, 1, 7, 12), "-0.5069", "-0.0256"],
  ])("is the published one for %o", (cells, low, high) => {
    const interval = newcombeInterval(cells);
    expect(interval.low.toFixed(4)).toBe(low);
    expect(interval.high.toFixed(4)).toBe(high);
  });

  test("is finite and around the estimate for every small table", () => {
    for (let n = 1; n <= 10; n++) {
      for (let b = 0; b <= n; b++) {
        for (let c = 0; b + c <= n; c++) {
          for (let both = 0; both + b + c <= n; both++) {
            const { low, high } = newcombeInterval(table(both, b, c, n - both - b - c));
            expect(low).toBeGreaterThanOrEqual(-1);
            expect(high).toBeLessThanOrEqual(1);
            expect(low).toBeLessThanOrEqual((b - c) / n);
            expect(high).toBeGreaterThanOrEqual((b - c) / n);
          }
        }
      }
    }
  });

  test("of no cases is everything", () => {
    expect(newcombeInterval(table(0, 0, 0, 0))).toEqual({ low: -1, high: 1 });
  });
});

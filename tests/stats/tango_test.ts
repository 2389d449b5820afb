import { describe, expect, test } from "vitest";
import { tangoInterval } from "../../src/stats/tango.ts";
import type { PairedTable } from "../../src/stats/paired_table.ts";

const Z_90 = 1.6448536269514722;
const ZZ_95 = 1.959963984540054 * 1.959963984540054;

function table(
  both: number,
  candidateOnly: number,
  baselineOnly: number,
  neither: number,
): PairedTable {
  return { both, candidateOnly, baselineOnly, neither };
}

describe("Tango's interval", () => {
  test("is the published one for the soft contact lenses of Tango (1998), section 6.1", () => {
    const { low } = tangoInterval(table(43, 0, 1, 0), Z_90);
    expect(low.toFixed(3)).toBe("-0.096");
  });

  // Fagerland, Lydersen and Laake (2014), "Recommended tests and confidence intervals for paired
  // binomial proportions", Statistics in Medicine 33:2850-2875: airway hyper-responsiveness
  // (Bentur 2009) and complete response (Cavo 2012); four digits as printed by their own software.
  test.each([
    [table(1, 1, 7, 12), "-0.5172", "-0.0260"],
    [table(59, 6, 16, 80), "-0.1240", "-0.0054"],
  ])("is the published one for %o", (cells, low, high) => {
    const interval = tangoInterval(cells);
    expect(interval.low.toFixed(4)).toBe(low);
    expect(interval.high.toFixed(4)).toBe(high);
  });

  test("has the closed form without discordant pairs: plus and minus z²/(n + z²)", () => {
    for (const n of [1, 2, 10, 400, 1_000_000]) {
      for (const cells of [table(n, 0, 0, 0), table(0, 0, 0, n)]) {
        const { low, high } = tangoInterval(cells);
        expect(high).toBeCloseTo(ZZ_95 / (n + ZZ_95), 12);
        expect(low).toBe(-high);
      }
    }
  });

  test("solves the score equation at its ends", () => {
    // An independent form: the restricted estimate found by maximising the likelihood directly.
    for (const [b, c, n] of [[40, 20, 160], [13, 3, 400], [1, 7, 50]] as const) {
      const { low, high } = tangoInterval(table(n - b - c, b, c, 0));
      expect(statisticByMaximisation(b, c, n, low)).toBeCloseTo(1.959963984540054, 5);
      expect(statisticByMaximisation(b, c, n, high)).toBeCloseTo(-1.959963984540054, 5);
    }
  });

  test("is mirrored exactly when the arms are swapped", () => {
    for (const [b, c] of [[3, 11], [0, 5], [40, 20], [1, 0]] as const) {
      const one = tangoInterval(table(100, b, c, 7));
      const other = tangoInterval(table(100, c, b, 7));
      expect(one.low).toBe(-other.high);
      expect(one.high).toBe(-other.low);
    }
  });

  test("is finite, ordered, inside [-1, 1] and around the estimate for every small table", () => {
    for (let n = 1; n <= 12; n++) {
      for (let b = 0; b <= n; b++) {
        for (let c = 0; b + c <= n; c++) {
          const { low, high } = tangoInterval(table(n - b - c, b, c, 0));
          const estimate = (b - c) / n;
          expect(low).toBeGreaterThanOrEqual(-1);
          expect(high).toBeLessThanOrEqual(1);
          expect(low).toBeLessThanOrEqual(estimate);
          expect(high).toBeGreaterThanOrEqual(estimate);
          expect(high - low).toBeGreaterThan(0);
        }
      }
    }
  });

  test("of no cases is everything", () => {
    expect(tangoInterval(table(0, 0, 0, 0))).toEqual({ low: -1, high: 1 });
  });

  test("refuses cells that are not counts", () => {
    expect(() => tangoInterval(table(1, -1, 0, 0))).toThrow(/candidateOnly.*current value is -1/);
    expect(() => tangoInterval(table(1, NaN, 0, 0))).toThrow(RangeError);
    expect(() => tangoInterval(table(1, 0.5, 0, 0))).toThrow(RangeError);
  });
});

/** Tango's statistic with the nuisance cell found by ternary search over the log-likelihood. */
function statisticByMaximisation(b: number, c: number, n: number, delta: number): number {
  let low = Math.max(0, -delta);
  let high = (1 - delta) / 2;
  const logLikelihood = (q: number) =>
    b * Math.log(q + delta) + c * Math.log(q) + (n - b - c) * Math.log(1 - 2 * q - delta);
  for (let step = 0; step < 200; step++) {
    const left = low + (high - low) / 3;
    const right = high - (high - low) / 3;
    if (logLikelihood(left) < logLikelihood(right)) low = left;
    else high = right;
  }
  const q = (low + high) / 2;
  return (b - c - n * delta) / Math.sqrt(n * (2 * q + delta * (1 - delta)));
}

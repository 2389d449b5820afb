import { describe, expect, test } from "vitest";
import { type McNemarAlternative, mcnemarTest } from "../../src/stats/mcnemar.ts";

const table = (candidateOnly: number, baselineOnly: number) => ({
  both: 10,
  candidateOnly,
  baselineOnly,
  neither: 5,
});

/** Binomial probabilities with one half, as exact integers over `2^n`. */
function probabilities(n: number): number[] {
  let ways = 1n;
  const all: bigint[] = [];
  for (let k = 0n; k <= BigInt(n); k++) {
    all.push(ways);
    ways = ways * (BigInt(n) - k) / (k + 1n);
  }
  return all.map((count) => Number(count * 10n ** 30n / 2n ** BigInt(n)) / 1e30);
}

/** Share of the distribution at least as extreme as `gained`, the tables equally extreme by `tie`. */
function enumerated(
  gained: number,
  n: number,
  alternative: McNemarAlternative,
  tie: number,
): number {
  const extremity = (k: number) =>
    alternative === "different" ? Math.abs(2 * k - n) : alternative === "candidateBetter" ? k : -k;
  const seen = extremity(gained);
  return probabilities(n).reduce((sum, probability, k) => {
    if (extremity(k) > seen) return sum + probability;
    return extremity(k) === seen ? sum + tie * probability : sum;
  }, 0);
}

describe("McNemar's test", () => {
  // Fagerland, Lydersen and Laake (2013), table 3 and section on the examples: airway
  // hyper-responsiveness (Bentur 2009), exact 0.0703, mid-p 0.0391, which are 18/256 and 10/256.
  test("is the published one for airway hyper-responsiveness", () => {
    const { exact, midP } = mcnemarTest(table(1, 7));
    expect(exact).toBeCloseTo(18 / 256, 12);
    expect(midP).toBeCloseTo(10 / 256, 12);
  });

  // Agresti (1990), "Categorical Data Analysis", page 350: approval of the prime minister, 150 and 86
  // changed their minds; the vignette of R's exact2x2 prints an exact p of 3.716e-05.
  test("is the published one for the prime minister's approval", () => {
    expect(mcnemarTest(table(150, 86)).exact.toExponential(3)).toBe("3.716e-5");
  });

  test("is what counting all splits of the discordant pairs gives", () => {
    for (const [gained, lost] of [[0, 1], [1, 7], [4, 4], [3, 5], [0, 12], [20, 31], [40, 20]]) {
      for (const alternative of ["different", "candidateWorse", "candidateBetter"] as const) {
        const n = (gained ?? 0) + (lost ?? 0);
        const { exact, midP } = mcnemarTest(table(gained ?? 0, lost ?? 0), alternative);
        expect(exact).toBeCloseTo(Math.min(1, enumerated(gained ?? 0, n, alternative, 1)), 11);
        expect(midP).toBeCloseTo(enumerated(gained ?? 0, n, alternative, 0.5), 11);
      }
    }
  });

  test("finds nothing without discordant pairs", () => {
    for (const alternative of ["different", "candidateWorse", "candidateBetter"] as const) {
      expect(mcnemarTest(table(0, 0), alternative)).toEqual({ exact: 1, midP: 1 });
    }
  });

  test("is between 0 and 1 for a million pairs, and refuses what is no table", () => {
    const { exact, midP } = mcnemarTest(table(500_000, 500_000));
    expect(exact).toBe(1);
    expect(midP).toBeGreaterThan(0.999);
    expect(mcnemarTest(table(600_000, 400_000)).midP).toBeGreaterThanOrEqual(0);
    expect(() => mcnemarTest(table(-1, 0))).toThrow(/candidateOnly/);
  });
});

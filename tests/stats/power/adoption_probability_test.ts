import { describe, expect, test } from "vitest";
import {
  adoptionProbability,
  type TableRule,
} from "../../../src/stats/power/adoption_probability.ts";
import { sequentialPower } from "../../../src/stats/power/sequential_power.ts";
import { binomialCdf } from "../../../src/stats/special/binomial.ts";
import { tangoInterval } from "../../../src/stats/tango.ts";

const notWorse = (margin: number): TableRule => (table) => tangoInterval(table).low > -margin;
const gained: TableRule = ({ baselineOnly: a, candidateOnly: b }) =>
  a + b > 0 && b - a >= 2 * Math.sqrt(a + b);

/** The trinomial sum written out, for few cases. */
function writtenOut(n: number, regress: number, improve: number, adopts: TableRule): number {
  let sum = 0;
  const choose = (of: number, k: number): number => k === 0 ? 1 : choose(of - 1, k - 1) * of / k;
  for (let a = 0; a <= n; a++) {
    for (let b = 0; a + b <= n; b++) {
      const table = { both: n - a - b, baselineOnly: a, candidateOnly: b, neither: 0 };
      if (!adopts(table)) continue;
      sum += choose(n, a) * choose(n - a, b) * regress ** a * improve ** b *
        (1 - regress - improve) ** (n - a - b);
    }
  }
  return sum;
}

describe("the probability that a rule holds", () => {
  test.each([[1, 0.1, 0.2], [12, 0.1, 0.3], [12, 0, 0.5], [9, 0.4, 0.6], [12, 1, 0]])(
    "of %i cases at %f lost and %f won is the sum over all tables",
    (n, regress, improve) => {
      for (const adopts of [gained, notWorse(0.4)]) {
        for (const monotone of [true, false]) {
          const { probability } = adoptionProbability({ n, regress, improve, adopts, monotone });
          expect(probability).toBeCloseTo(writtenOut(n, regress, improve, adopts), 12);
        }
      }
    },
  );

  // SciPy: sums of binom.pmf times binom.pmf or binom.sf over all tables.
  test("agrees with SciPy, for a million cases too", () => {
    const more = (least: number): TableRule => ({ baselineOnly, candidateOnly }) =>
      candidateOnly - baselineOnly > least;
    const found = [
      adoptionProbability({ n: 500, regress: 0.03, improve: 0.06, adopts: gained }),
      adoptionProbability({ n: 20_000, regress: 0.02, improve: 0.018, adopts: more(-100) }),
      adoptionProbability({ n: 1_000_000, regress: 0.05, improve: 0.05, adopts: more(-500) }),
    ];
    [0.6016796261470564, 0.9845096569783075, 0.9428960046602566].forEach((reference, index) => {
      expect(found[index]?.probability).toBeCloseTo(reference, 10);
      expect(found[index]?.error).toBeLessThan(1e-9);
    });
  });

  // S. W. Duffy (1984), as checked in R's package MESS: power 0.80 for McNemar's exact test.
  test("agrees with a published power of the exact test", () => {
    const adopts: TableRule = ({ baselineOnly, candidateOnly }) =>
      binomialCdf(baselineOnly, baselineOnly + candidateOnly, 0.5) <= 0.025;
    const request = { n: 144, regress: 0.25, improve: 0.45, adopts };
    expect(adoptionProbability(request).probability).toBeCloseTo(0.8, 2);
  });

  test("agrees with runs of the real rule", () => {
    const adopts = notWorse(0.01);
    const rates = { regress: 0.005, improve: 0.005 };
    const { probability } = adoptionProbability({ n: 1000, ...rates, adopts });
    const { adopt } = sequentialPower({
      ...rates,
      most: 1000,
      batch: 1000,
      decide: (table) => adopts(table) ? "adopt" : "continue",
      runs: 4000,
      seed: 3,
    });
    expect(Math.abs(adopt.share - probability)).toBeLessThan(4 * adopt.standardError);
  });

  test("is that of a rule for rejecting as well", () => {
    const request = { n: 300, regress: 0.05, improve: 0.01 };
    const rejects: TableRule = (table) => tangoInterval(table).high < 0;
    const direct = adoptionProbability({ ...request, adopts: rejects, monotone: false });
    const searched = adoptionProbability({ ...request, adopts: rejects });
    expect(searched.probability).toBeCloseTo(direct.probability, 12);
    expect(searched.probability).toBeGreaterThan(0.5);
  });

  test("is exact for rules about regressions alone, and for rules without doubt", () => {
    const request = { n: 400, regress: 0.002, improve: 0.01 };
    const noneLost: TableRule = ({ baselineOnly }) => baselineOnly === 0;
    expect(adoptionProbability({ ...request, adopts: noneLost }).probability)
      .toBeCloseTo((1 - 0.002) ** 400, 12);
    expect(adoptionProbability({ ...request, adopts: () => true }).probability).toBeCloseTo(1, 12);
    expect(adoptionProbability({ ...request, adopts: () => false }).probability).toBe(0);
  });

  test("hands the rule tables of n cases, agreeing pairs split as asked", () => {
    const seen: number[] = [];
    adoptionProbability({
      n: 10,
      regress: 0.2,
      improve: 0.2,
      bothShare: 0.75,
      adopts: ({ both, baselineOnly, candidateOnly, neither }) => {
        seen.push(both + baselineOnly + candidateOnly + neither);
        return both >= Math.round(0.75 * (both + neither)) - 1e-9 && candidateOnly > 2;
      },
    });
    expect(new Set(seen)).toEqual(new Set([10]));
  });

  test("is not made up for a rule that changes twice", () => {
    const equivalent: TableRule = ({ baselineOnly, candidateOnly }) =>
      Math.abs(candidateOnly - baselineOnly) < 5;
    const request = { n: 100, regress: 0.1, improve: 0.1, adopts: equivalent };
    expect(() => adoptionProbability(request)).toThrow("say monotone: false");
    const { probability } = adoptionProbability({ ...request, monotone: false });
    expect(probability).toBeGreaterThan(0.5);
    expect(probability).toBeLessThan(0.9);
  });

  test("refuses no cases and impossible rates", () => {
    const adopts = () => true;
    expect(() => adoptionProbability({ n: 0, regress: 0, improve: 0, adopts })).toThrow(
      "Cannot use n as it must be a whole number of at least 1",
    );
    expect(() => adoptionProbability({ n: 1, regress: 0.6, improve: 0.6, adopts })).toThrow(
      "Cannot use regress and improve",
    );
  });
});

import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { benjaminiHochberg } from "../../../src/stats/multiplicity/benjamini_hochberg.ts";
import { hochberg } from "../../../src/stats/multiplicity/hochberg.ts";
import { holm } from "../../../src/stats/multiplicity/holm.ts";

// Benjamini and Hochberg (1995), section 4.1: thrombolysis after myocardial infarction, 15 tests.
const PUBLISHED = [
  ...[0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344],
  ...[0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1],
];

function expectAll(found: number[], expected: number[]): void {
  expect(found.length).toBe(expected.length);
  found.forEach((value, index) => expect(value).toBeCloseTo(expected[index] ?? NaN, 8));
}

describe("corrections for many tests", () => {
  test("by Benjamini and Hochberg reject the published four, with SciPy's adjusted p-values", () => {
    const { adjusted, rejected } = benjaminiHochberg(PUBLISHED, 0.05);
    expect(rejected.filter(Boolean).length).toBe(4);
    // As printed in the manual of scipy.stats.false_discovery_control.
    expectAll(adjusted, [
      ...[0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714, 0.06385714, 0.0645],
      ...[0.0765, 0.486, 0.58118182, 0.714875, 0.75323077, 0.81321429, 1],
    ]);
  });

  test("by Holm and by Hochberg reject the published three", () => {
    for (const correct of [holm, hochberg]) {
      const { rejected } = correct(PUBLISHED, 0.05);
      expect(rejected.map((value, index) => value ? index : -1).filter((i) => i >= 0)).toEqual(
        [0, 1, 2],
      );
    }
  });

  // R: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), method) for "holm", "hochberg" and "BH".
  test("are R's p.adjust", () => {
    const p = [0.01, 0.02, 0.03, 0.04, 0.05];
    expectAll(holm(p, 0.05).adjusted, [0.05, 0.08, 0.09, 0.09, 0.09]);
    expectAll(hochberg(p, 0.05).adjusted, [0.05, 0.05, 0.05, 0.05, 0.05]);
    expectAll(benjaminiHochberg(p, 0.05).adjusted, [0.05, 0.05, 0.05, 0.05, 0.05]);
    const unsorted = [0.04, 0.001, 0.03, 0.2];
    expectAll(holm(unsorted, 0.05).adjusted, [0.09, 0.004, 0.09, 0.2]);
    expectAll(hochberg(unsorted, 0.05).adjusted, [0.08, 0.004, 0.08, 0.2]);
    expectAll(benjaminiHochberg(unsorted, 0.05).adjusted, [0.16 / 3, 0.004, 0.16 / 3, 0.2]);
  });

  test("by Holm stop at the first that is not rejected", () => {
    // 0.04 alone would pass at 0.05, but 0.03 * 2 before it does not.
    expect(holm([0.001, 0.03, 0.04], 0.05).rejected).toEqual([true, false, false]);
    expect(hochberg([0.001, 0.03, 0.04], 0.05).rejected).toEqual([true, true, true]);
  });

  test("are monotone, in the input's order, no smaller than p, and strict in this order", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(share, { maxLength: 30 }), (p) => {
        const results = [holm, hochberg, benjaminiHochberg].map((correct) =>
          correct(p, 0.05).adjusted
        );
        const [strict = [], step = [], loose = []] = results;
        p.forEach((value, index) => {
          const at = (list: number[]) => list[index] ?? NaN;
          expect(at(strict)).toBeGreaterThanOrEqual(at(step));
          expect(at(step)).toBeGreaterThanOrEqual(at(loose) - 1e-15);
          expect(at(loose)).toBeGreaterThanOrEqual(value * (1 - 1e-15));
          expect(at(strict)).toBeLessThanOrEqual(1);
          p.forEach((other, place) => {
            if (value > other) return;
            for (const list of results) expect(at(list)).toBeLessThanOrEqual(list[place] ?? NaN);
          });
        });
      }),
      { seed: 1979 },
    );
  });

  test("of no tests are none", () => {
    for (const correct of [holm, hochberg, benjaminiHochberg]) {
      expect(correct([], 0.05)).toEqual({ adjusted: [], rejected: [] });
    }
  });

  test("refuse what is no p-value and no level", () => {
    for (const correct of [holm, hochberg, benjaminiHochberg]) {
      expect(() => correct([0.1, NaN], 0.05)).toThrow(/p-value.*from 0 to 1.*NaN/);
      expect(() => correct([1.5], 0.05)).toThrow(RangeError);
      expect(() => correct([0.1], 2)).toThrow(/level/);
    }
  });
});

describe("the chance of a false rejection under independent true hypotheses", () => {
  test("is at most the level for Holm and Hochberg, by exact integration for two tests", () => {
    // On a fine grid of pairs of uniform p-values; the exact values are 0.05 - 0.05² / 4 and 0.05.
    const steps = 400;
    const share = (correct: typeof holm) => {
      let rejected = 0;
      for (let i = 0; i < steps; i++) {
        for (let j = 0; j < steps; j++) {
          const p = [(i + 0.5) / steps, (j + 0.5) / steps];
          if (correct(p, 0.05).rejected.includes(true)) rejected++;
        }
      }
      return rejected / (steps * steps);
    };
    expect(share(holm)).toBeCloseTo(0.05 - 0.05 * 0.05 / 4, 4);
    expect(share(hochberg)).toBeCloseTo(0.05, 2);
    expect(share(hochberg)).toBeLessThanOrEqual(0.05);
  });
});

import { describe, expect, test } from "vitest";
import {
  mcnemarSampleSize,
  meanSampleSize,
  nonInferioritySampleSize,
} from "../../../src/stats/power/normal_approximation.ts";
import { sampleSize } from "../../../src/stats/power/sample_size.ts";
import { tangoInterval } from "../../../src/stats/tango.ts";

const errors = { alpha: 0.025, power: 0.9 };

describe("closed forms", () => {
  // powersamplesize.com (after Connor, page 209): 23 pairs two-sided, and 23 one-sided with power 0.9.
  test("McNemar: published worked examples", () => {
    const rates = { regress: 0.05, improve: 0.45 };
    expect(mcnemarSampleSize({ ...rates, alpha: 0.025, power: 0.8 })).toBe(23);
    expect(mcnemarSampleSize({ ...rates, alpha: 0.05, power: 0.9 })).toBe(23);
    expect(mcnemarSampleSize({ regress: 0.15, improve: 0.3, alpha: 0.025, power: 0.8 })).toBe(155);
  });

  // Published for the one-sample t test: 34 and 44 for half a standard deviation.
  test("mean: agrees with the t test's exact numbers", () => {
    const request = { alpha: 0.025, difference: 0.5, margin: 0, deviation: 1 };
    expect(meanSampleSize({ ...request, power: 0.8 })).toBe(34);
    expect(meanSampleSize({ ...request, power: 0.9 })).toBe(44);
  });

  test("mean: a margin counts as difference", () => {
    const request = { ...errors, deviation: 3 };
    expect(meanSampleSize({ ...request, difference: 0.2, margin: 0.3 })).toBe(
      meanSampleSize({ ...request, difference: 0.5, margin: 0 }),
    );
  });

  test.each([[0.02, 0.02, 0.02], [0.1, 0.1, 0.05], [0.05, 0.06, 0.03]])(
    "non-inferiority: close to the exact number at %f lost, %f won, margin %f",
    (regress, improve, margin) => {
      const quick = nonInferioritySampleSize({ regress, improve, margin, ...errors });
      const exact = sampleSize({
        power: 0.9,
        regress,
        improve,
        adopts: (table) => tangoInterval(table).low > -margin,
      });
      expect(Math.abs(quick / (exact?.n ?? NaN) - 1)).toBeLessThan(0.05);
    },
  );

  test("non-inferiority without disagreement: the pairs at which Tango's bound passes", () => {
    const request = { regress: 0, improve: 0, margin: 0.01, ...errors };
    expect(nonInferioritySampleSize(request)).toBe(381);
  });

  test("McNemar: close to the exact number for Tango's interval above 0", () => {
    const rates = { regress: 0.1, improve: 0.2 };
    const exact = sampleSize({
      power: 0.9,
      ...rates,
      adopts: (table) => tangoInterval(table).low > 0,
    });
    expect(Math.abs(mcnemarSampleSize({ ...rates, ...errors }) / (exact?.n ?? NaN) - 1))
      .toBeLessThan(0.05);
  });

  test("refuse what cannot be shown", () => {
    expect(() => mcnemarSampleSize({ regress: 0.1, improve: 0.1, ...errors })).toThrow(
      "Cannot use difference",
    );
    const worse = { regress: 0.05, improve: 0.01, margin: 0.01, ...errors };
    expect(() => nonInferioritySampleSize(worse)).toThrow("Cannot use difference");
    expect(() => nonInferioritySampleSize({ ...worse, margin: -1 })).toThrow("Cannot use margin");
    const possible = { ...worse, improve: 0.05 };
    expect(() => nonInferioritySampleSize({ ...possible, alpha: 0.6 })).toThrow("Cannot use alpha");
    const mean = { ...errors, difference: 1, margin: 0, deviation: 1 };
    expect(() => meanSampleSize({ ...mean, deviation: 0 })).toThrow("Cannot use deviation");
    expect(() => meanSampleSize({ ...mean, margin: NaN })).toThrow("Cannot use margin");
    expect(() => meanSampleSize({ ...mean, power: 0.3 })).toThrow("Cannot use power");
  });
});

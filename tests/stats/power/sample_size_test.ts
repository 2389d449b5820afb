import { describe, expect, test } from "vitest";
import {
  adoptionProbability,
  type TableRule,
} from "../../../src/stats/power/adoption_probability.ts";
import { sampleSize } from "../../../src/stats/power/sample_size.ts";
import { binomialCdf } from "../../../src/stats/special/binomial.ts";
import { tangoInterval } from "../../../src/stats/tango.ts";

const better: TableRule = (table) => tangoInterval(table).low > 0;

/** McNemar's exact test, one-sided at 0.025. */
const exactlyBetter: TableRule = ({ baselineOnly, candidateOnly }) =>
  binomialCdf(baselineOnly, baselineOnly + candidateOnly, 0.5) <= 0.025;

describe("the number of cases for a power", () => {
  test("is the known one to see at least one improvement: ln 0.1 / ln 0.99", () => {
    const adopts: TableRule = ({ candidateOnly }) => candidateOnly > 0;
    const found = sampleSize({ power: 0.9, regress: 0, improve: 0.01, adopts });
    expect(found).toEqual({ n: 230, power: expect.closeTo(1 - 0.99 ** 230, 12), heldTo: 430 });
  });

  test("is where Tango's bound of agreeing pairs passes the margin: z^2 / margin - z^2", () => {
    const adopts: TableRule = (table) => tangoInterval(table).low > -0.01;
    expect(sampleSize({ power: 0.8, regress: 0, improve: 0, adopts })?.n).toBe(381);
  });

  test("is the least from which all larger ones hold, though power is a saw-tooth", () => {
    const rates = { regress: 0.3, improve: 0.7 };
    const powers = Array.from(
      { length: 301 },
      (_, n) =>
        n === 0 ? 0 : adoptionProbability({ n, ...rates, adopts: exactlyBetter })
          .probability,
    );
    const least = powers.findLastIndex((power) => power < 0.8) + 1;
    const found = sampleSize({ power: 0.8, ...rates, adopts: exactlyBetter });
    expect(found?.n).toBe(least);
    expect(found?.power).toBeGreaterThanOrEqual(0.8);
    // The saw-tooth is real: smaller sizes hold the power too.
    expect(powers.findIndex((power) => power >= 0.8)).toBeLessThan(least);
  });

  test("is none where no number of cases will do, or none that was allowed", () => {
    expect(sampleSize({ power: 0.9, regress: 0.1, improve: 0.1, adopts: better, most: 500 }))
      .toBeNull();
    const costly = { power: 0.9, regress: 0.05, improve: 0.1, adopts: better };
    expect(sampleSize({ ...costly, most: 100 })).toBeNull();
    expect(sampleSize({ ...costly, most: 2000 })?.n).toBeGreaterThan(100);
  });

  test("is none where the power falls again", () => {
    const adopts: TableRule = ({ baselineOnly, candidateOnly }) =>
      baselineOnly === 0 && candidateOnly > 5;
    // By SciPy it is 0.45 or more from 239 to 386 cases, and 0.4876 at best.
    const rates = { regress: 0.002, improve: 0.03 };
    const found = (power: number, window: number) =>
      sampleSize({ power, ...rates, adopts, window });
    expect(found(0.45, 100)).toMatchObject({ n: 239, heldTo: 339 });
    expect(found(0.45, 200)).toBeNull();
    expect(found(0.49, 0)).toBeNull();
  });

  test("refuses a power that cannot be", () => {
    expect(() => sampleSize({ power: 1, regress: 0, improve: 0.1, adopts: better })).toThrow(
      "Cannot use power",
    );
  });
});

import { describe, expect, test } from "vitest";
import { relativeRisk } from "../../src/stats/relative_risk.ts";

const share = (passed: number, total: number) => ({ passed, total });

describe("the relative risk", () => {
  // The example in the manual of scipy.stats.contingency.relative_risk, with its interval.
  test("is SciPy's for 27 of 122 against 44 of 487", () => {
    const { estimate, low, high } = relativeRisk(share(27, 122), share(44, 487));
    expect(estimate).toBeCloseTo(2.4495156482861398, 12);
    expect(low).toBeCloseTo(1.5836990926700116, 12);
    expect(high).toBeCloseTo(3.7886786315466354, 12);
  });

  // Agresti (2007), "An Introduction to Categorical Data Analysis", section 2.2.2: aspirin and heart
  // attacks, 189 of 11,034 against 104 of 11,037: 1.82, with the interval from 1.43 to 2.31.
  test("is Agresti's for aspirin", () => {
    const { estimate, low, high } = relativeRisk(share(189, 11_034), share(104, 11_037));
    expect(estimate?.toFixed(2)).toBe("1.82");
    expect(low?.toFixed(2)).toBe("1.43");
    expect(high?.toFixed(2)).toBe("2.31");
  });

  test("takes a half to each cell where one sample has no success", () => {
    const none = relativeRisk(share(0, 10), share(5, 10));
    expect(none).toMatchObject({ estimate: 0, low: 0 });
    const centre = Math.log((0.5 / 11) / (5.5 / 11));
    const reach = 1.959963984540054 * Math.sqrt(1 / 0.5 - 1 / 11 + 1 / 5.5 - 1 / 11);
    expect(none.high).toBeCloseTo(Math.exp(centre + reach), 12);
    const noLimit = relativeRisk(share(5, 10), share(0, 10));
    expect(noLimit).toMatchObject({ estimate: null, high: null });
    expect(noLimit.low).toBeCloseTo(Math.exp(-centre - reach), 12);
    expect(relativeRisk(share(0, 10), share(0, 9))).toEqual({ estimate: null, low: 0, high: null });
  });

  test("is not certain where everything passes", () => {
    const { estimate, low, high } = relativeRisk(share(20, 20), share(30, 30));
    expect(estimate).toBe(1);
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(1);
  });

  test("of an empty sample is unknown", () => {
    const unknown = { estimate: null, low: null, high: null };
    expect(relativeRisk(share(0, 0), share(1, 2))).toEqual(unknown);
    expect(relativeRisk(share(1, 2), share(0, 0))).toEqual(unknown);
  });
});

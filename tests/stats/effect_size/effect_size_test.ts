import { describe, expect, test } from "vitest";
import { cohensD } from "../../../src/stats/effect_size/cohens_d.ts";
import { glassDelta } from "../../../src/stats/effect_size/glass_delta.ts";
import { hedgesCorrection, hedgesG } from "../../../src/stats/effect_size/hedges_g.ts";
import { SLEEP } from "../data.ts";

describe("effect sizes", () => {
  // R's t.test prints t = -1.8608 for these data; with ten values each, d = t sqrt(1/10 + 1/10).
  test("are Cohen's d for the sleep data", () => {
    expect(cohensD(SLEEP.first, SLEEP.second)).toBeCloseTo(
      -1.8608134674868526 * Math.sqrt(0.2),
      12,
    );
    expect(cohensD(SLEEP.first, SLEEP.second)?.toFixed(4)).toBe("-0.8322");
  });

  // Hedges (1981), table 1, prints four digits of the factor.
  test.each([[2, "0.5642"], [3, "0.7236"], [4, "0.7979"]])(
    "have Hedges' published factor for %i degrees of freedom",
    (df, factor) => {
      expect(hedgesCorrection(df).toFixed(4)).toBe(factor);
    },
  );

  test("have Hedges' factor to the last digits, from the gamma function's closed forms", () => {
    expect(hedgesCorrection(2)).toBeCloseTo(1 / Math.sqrt(Math.PI), 14);
    expect(hedgesCorrection(3)).toBeCloseTo(Math.sqrt(Math.PI / 6), 14);
    expect(hedgesCorrection(5)).toBeCloseTo(0.75 * Math.sqrt(Math.PI / 2.5), 14);
    // gamma(9) / (3 gamma(17/2)), with gamma(17/2) = 15!! / 2^8 sqrt(pi).
    expect(hedgesCorrection(18)).toBeCloseTo(40320 * 256 / (3 * 2027025 * Math.sqrt(Math.PI)), 13);
    expect(hedgesG(SLEEP.first, SLEEP.second)).toBeCloseTo(
      -1.8608134674868526 * Math.sqrt(0.2) * 0.957646427023719,
      12,
    );
  });

  test("are Glass's delta over the baseline's spread only", () => {
    // Means 2.33 and 0.75; the first drug's standard deviation is 1.789010 (R: sd(sleep$extra[1:10])).
    const delta = glassDelta(SLEEP.second, SLEEP.first);
    expect(delta).toBeCloseTo(1.58 / 1.78901, 6);
  });

  test("are unknown where nothing varies or there is nothing", () => {
    const none: [number[], number[]][] = [
      [[], [1, 2]],
      [[1, 2], []],
      [[1], [2]],
      [[3, 3], [3, 3]],
      [[0.1, 0.1, 0.1], [0.2]],
      [[NaN, 1], [1, 2]],
      [[Infinity, 1], [1, 2]],
    ];
    for (const [one, other] of none) {
      expect(cohensD(one, other)).toBeNull();
      expect(hedgesG(one, other)).toBeNull();
    }
    expect(glassDelta([1, 2], [3, 3])).toBeNull();
    expect(glassDelta([1, 2], [3])).toBeNull();
    expect(glassDelta([], [1, 3])).toBeNull();
    expect(hedgesG([1, 2], [3])).toBeNull();
  });
});

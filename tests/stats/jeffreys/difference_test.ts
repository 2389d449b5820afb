import { describe, expect, test } from "vitest";
import { jeffreysDifference } from "../../../src/stats/jeffreys/difference.ts";
import { jeffreysPosterior, posteriorCdf } from "../../../src/stats/jeffreys/posterior.ts";
import { integrate } from "../../../src/stats/jeffreys/quadrature.ts";

const share = (passed: number, total: number) => ({ passed, total });

/**
 * `P(C - B <= d)` by brute force: the baseline's rate as `sin²(angle)`, in which its density is that
 * of a polynomial, on 20,000 midpoints.
 */
function bruteForce(c: [number, number], b: [number, number], d: number): number {
  const first = jeffreysPosterior(share(...c));
  const steps = 20_000;
  let total = 0;
  let below = 0;
  for (let step = 0; step < steps; step++) {
    const angle = (step + 0.5) / steps * Math.PI / 2;
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    const density = sin ** (2 * b[0]) * cos ** (2 * (b[1] - b[0]));
    total += density;
    below += density * posteriorCdf(first, sin * sin + d);
  }
  return below / total;
}

const CASES: [[number, number], [number, number]][] = [
  [[56, 70], [48, 80]],
  [[9, 10], [3, 10]],
  [[0, 5], [3, 4]],
  [[1, 1], [0, 1]],
  [[40, 40], [39, 40]],
];

describe("the Bayesian difference under Jeffreys' priors", () => {
  // By mpmath with 25 digits: quad of the baseline's density times the candidate's betainc.
  test.each([
    [[56, 70], [48, 80], 0.996273679214189],
    [[0, 5], [3, 4], 0.0064614255733552],
    [[1, 1], [0, 1], 0.905284734569351],
  ])(
    "has the probability that the candidate of %o is better than %o",
    ([a = 0, m = 0], [b = 0, n = 0], p) => {
      expect(jeffreysDifference(share(a, m), share(b, n)).probabilityBetter).toBeCloseTo(p, 11);
    },
  );

  test.each(CASES)("has its tail beyond each bound for %o against %o, by brute force", (c, b) => {
    const { low, high, probabilityBetter } = jeffreysDifference(share(...c), share(...b));
    expect(bruteForce(c, b, low)).toBeCloseTo(0.025, 5);
    expect(bruteForce(c, b, high)).toBeCloseTo(0.975, 5);
    expect(bruteForce(c, b, 0)).toBeCloseTo(1 - (probabilityBetter ?? 0), 5);
  });

  test("is even for equal samples, whatever their size", () => {
    for (const [passed, total] of [[0, 1], [5, 10], [1000, 1000], [0, 1000], [99_000, 100_000]]) {
      const same = share(passed ?? 0, total ?? 0);
      const { estimate, low, high, probabilityBetter } = jeffreysDifference(same, same);
      expect(estimate).toBe(0);
      expect(probabilityBetter).toBeCloseTo(0.5, 11);
      expect(low).toBeCloseTo(-high, 11);
      expect(high).toBeGreaterThan(0);
    }
  });

  test("is mirrored when the arms are swapped", () => {
    for (const [c, b] of CASES) {
      const there = jeffreysDifference(share(...c), share(...b));
      const back = jeffreysDifference(share(...b), share(...c));
      expect(back.low).toBeCloseTo(-there.high, 10);
      expect(back.high).toBeCloseTo(-there.low, 10);
      expect(back.probabilityBetter).toBeCloseTo(1 - (there.probabilityBetter ?? 0), 11);
    }
  });

  test("says nothing of an empty sample", () => {
    const nothing = { estimate: null, low: -1, high: 1, probabilityBetter: null };
    expect(jeffreysDifference(share(0, 0), share(1, 2))).toEqual(nothing);
    expect(jeffreysDifference(share(1, 2), share(0, 0))).toEqual(nothing);
  });
});

describe("quadrature", () => {
  test("is exact to the last digits for ends like square roots and their inverses", () => {
    expect(integrate((x) => Math.sqrt(x), [0, 1])).toBeCloseTo(2 / 3, 13);
    expect(integrate((x) => 1 / Math.sqrt(x), [0, 0.5, 1])).toBeCloseTo(2, 13);
    expect(integrate((x) => x * x, [-1, 2, 2, 3])).toBeCloseTo(28 / 3, 13);
    expect(integrate(Math.exp, [])).toBe(0);
  });
});

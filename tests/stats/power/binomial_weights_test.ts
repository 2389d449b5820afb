import { expect, test } from "vitest";
import { binomialWeights } from "../../../src/stats/power/binomial_weights.ts";

const at = (trials: number, rate: number, k: number) => {
  const { first, probabilities } = binomialWeights(trials, rate);
  return probabilities[k - first] ?? 0;
};

// By mpmath with 30 digits.
test.each([
  [1000, 0.005, 0, 0.006653968578832],
  [1000, 0.005, 3, 0.1403027862271],
  [1000, 0.005, 10, 0.01799622918236],
  [1_000_000, 0.05, 50_000, 0.001830469661792],
  [1_000_000, 0.05, 49_000, 4.634835323598e-8],
  [1_000_000, 0.05, 51_500, 1.165656593093e-13],
])("of %i trials at %f, %i succeed with the known probability", (trials, rate, k, probability) => {
  expect(at(trials, rate, k) / probability).toBeCloseTo(1, 8);
});

test("few trials are listed whole, with nothing missing", () => {
  const { first, probabilities, missing } = binomialWeights(3, 0.25);
  expect(first).toBe(0);
  expect([...probabilities]).toEqual([27, 27, 9, 1].map((part) => expect.closeTo(part / 64, 15)));
  expect(missing).toBe(0);
});

test("what is left out is bounded and negligible", () => {
  for (const [trials, rate] of [[1_000_000, 0.05], [5000, 0.999], [200, 0.5]] as const) {
    const { probabilities, missing } = binomialWeights(trials, rate);
    expect(missing).toBeGreaterThan(0);
    expect(missing).toBeLessThan(1e-14);
    expect(probabilities.length).toBeLessThan(20 * Math.sqrt(trials * rate * (1 - rate)) + 40);
  }
});

test("certain outcomes have one value", () => {
  expect(binomialWeights(7, 0)).toEqual({
    first: 0,
    probabilities: Float64Array.of(1),
    missing: 0,
  });
  expect(binomialWeights(7, 1)).toEqual({
    first: 7,
    probabilities: Float64Array.of(1),
    missing: 0,
  });
  expect(binomialWeights(0, 0.5).probabilities).toEqual(Float64Array.of(1));
});

import { expect, test } from "vitest";
import { gaussLegendre } from "../../../src/stats/sequential/quadrature.ts";

function integrate(f: (x: number) => number, low: number, high: number, widest: number): number {
  const { nodes, weights } = gaussLegendre(low, high, widest);
  return nodes.reduce((sum, node, index) => sum + (weights[index] ?? 0) * f(node), 0);
}

test("a panel integrates polynomials up to degree 31 exactly", () => {
  expect(integrate((x) => x ** 30, -1, 1, 2)).toBeCloseTo(2 / 31, 14);
  expect(integrate((x) => x ** 31 + 1, 0, 1, 1)).toBeCloseTo(1 / 32 + 1, 14);
});

test("panels add up, in ascending order", () => {
  expect(integrate(Math.exp, -3, 5, 1.5)).toBeCloseTo(Math.exp(5) - Math.exp(-3), 11);
  const { nodes } = gaussLegendre(-3, 5, 1.5);
  expect([...nodes]).toEqual([...nodes].sort((a, b) => a - b));
  expect(nodes.length).toBe(6 * 16);
});

import { expect, test } from "vitest";
import {
  continueWalk,
  exitProbability,
  walkFromZero,
} from "../../../src/stats/sequential/random_walk.ts";

test("a first step leaves with the normal distribution's tail", () => {
  expect(exitProbability(walkFromZero(), 1.959963984540054, 1)).toBeCloseTo(0.025, 14);
});

test("without a corridor, two steps are one of their joint width", () => {
  const corridor = { time: 0.3, low: -6, high: 6, following: Math.sqrt(0.7) };
  const walk = continueWalk(walkFromZero(), corridor);
  expect(exitProbability(walk, 1.959963984540054, Math.sqrt(0.7))).toBeCloseTo(0.025, 12);
});

test("staying above 0 twice has the orthant's probability, 3/8 for steps of equal width", () => {
  const corridor = { time: 0.5, low: 0, high: 8, following: Math.sqrt(0.5) };
  const walk = continueWalk(walkFromZero(), corridor);
  expect(exitProbability(walk, 0, Math.sqrt(0.5))).toBeCloseTo(3 / 8, 12);
});

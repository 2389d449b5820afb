import { type Interval, Z_95 } from "./interval.ts";
import type { Share } from "./share.ts";
import { assertPassed } from "./count.ts";
import { wilsonOfTrials } from "./wilson.ts";

/**
 * Newcombe's hybrid score interval for the difference of two independent proportions, first minus
 * second: the two Wilson intervals joined, without continuity correction.
 *
 * R. G. Newcombe (1998), "Interval estimation for the difference between independent proportions:
 * comparison of eleven methods", Statistics in Medicine 17:873-890, method 10.
 *
 * @param z Normal quantile; 1.96 for 95 %.
 * @returns The interval inside `[-1, 1]`; all of it where either sample is empty.
 * @throws {RangeError} if the counts are not counts, or more passed than there are.
 */
export function newcombeIndependentInterval(
  first: Share,
  second: Share,
  z: number = Z_95,
): Interval {
  assertPassed(first.passed, first.total);
  assertPassed(second.passed, second.total);
  return newcombeOfTrials(first, second, z);
}

/** The same from trials that need not be whole, as those of dependent cases divided by their clusters' size. */
export function newcombeOfTrials(first: Share, second: Share, z: number): Interval {
  const one = wilsonOfTrials(first.passed, first.total, z);
  const other = wilsonOfTrials(second.passed, second.total, z);
  if (first.total === 0 || second.total === 0) return { low: -1, high: 1 };
  const rate = first.passed / first.total;
  const otherRate = second.passed / second.total;
  const below = length(rate - one.low, other.high - otherRate);
  const above = length(one.high - rate, otherRate - other.low);
  const difference = rate - otherRate;
  return { low: Math.max(-1, difference - below), high: Math.min(1, difference + above) };
}

function length(one: number, other: number): number {
  return Math.sqrt(one * one + other * other);
}

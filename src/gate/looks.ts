import {
  groupSequentialBoundaries,
  type GroupSequentialLook,
} from "../stats/sequential/group_sequential.ts";
import type { GroupSequentialMethod, Policy } from "./policy.ts";

/** The group-sequential part of a policy. */
export interface GroupSequential {
  method: GroupSequentialMethod;
  looks: number;
}

/** A policy's group-sequential test; `undefined` where it has none. */
export function groupSequentialOf({ sequential }: Policy): GroupSequential | undefined {
  return sequential === null || sequential.method === "always-valid" ? undefined : sequential;
}

/**
 * After how many cases a run is looked at: even shares of those asked for, rounded up; fewer looks
 * where there are fewer cases than looks.
 */
export function lookCounts(requested: number, looks: number): number[] {
  const counts = Array.from({ length: looks }, (_, at) => Math.ceil(requested * (at + 1) / looks));
  return [...new Set(counts)];
}

/** The boundaries of a policy's looks, for each number of cases asked for. */
const boundaries = new WeakMap<GroupSequential, Map<string, GroupSequentialLook[]>>();

/**
 * The boundary of the look that is taken after `done` cases.
 *
 * @param test The very object that a policy has: boundaries are computed once for it.
 * @returns `undefined` where no look is taken then.
 */
export function lookAfter(
  done: number,
  requested: number,
  test: GroupSequential,
  confidence: number,
): GroupSequentialLook | undefined {
  const counts = lookCounts(requested, test.looks);
  const at = counts.indexOf(done);
  if (at < 0) return undefined;
  const known = boundaries.get(test) ?? new Map<string, GroupSequentialLook[]>();
  boundaries.set(test, known);
  const key = `${test.method} ${test.looks} ${requested} ${confidence}`;
  const looks = known.get(key) ?? groupSequentialBoundaries({
    alpha: 1 - confidence,
    sides: 2,
    spending: test.method,
    fractions: counts.map((cases) => cases / requested),
  });
  known.set(key, looks);
  return looks[at];
}

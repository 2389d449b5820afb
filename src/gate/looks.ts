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

/**
 * The boundary of the look that is taken after `done` cases.
 *
 * @returns `undefined` where no look is taken then.
 */
export function lookAfter(
  done: number,
  requested: number,
  { method, looks }: GroupSequential,
  confidence: number,
): GroupSequentialLook | undefined {
  const counts = lookCounts(requested, looks);
  const at = counts.indexOf(done);
  if (at < 0) return undefined;
  // Later looks change no earlier boundary: they need not be computed.
  const fractions = counts.slice(0, at + 1).map((cases) => cases / requested);
  const design = { alpha: 1 - confidence, sides: 2, spending: method, fractions } as const;
  return groupSequentialBoundaries(design).at(-1);
}

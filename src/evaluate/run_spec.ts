import type { Artifact } from "../../sandbox/artifact.ts";
import type { Limits } from "../../sandbox/limits.ts";

/** Most repetitions of each case. */
export const MOST_REPETITIONS = 20;

/** A run, closed: artifacts, a seed and limits. From it every case can be replayed anywhere. */
export interface RunSpec {
  task: Artifact;
  baseline: Artifact;
  candidate: Artifact;
  /** Number of cases. */
  n: number;
  /** Seed of the whole run: an unsigned 32-bit integer. */
  seed: number;
  limits: Limits;
  /** How often each case runs, each time with another seed of the arms' `Math.random`; 1 for once. */
  repetitions: number;
}

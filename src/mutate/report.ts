import type { Limits } from "../../sandbox/limits.ts";
import type { Violation } from "../evaluate/case_result.ts";
import type { Excerpt } from "./excerpt.ts";
import type { Difference, MutantStatus } from "./mutant_outcome.ts";
import type { Place } from "./places.ts";

/** How many mutants ended in each way. */
export type StatusCounts = Record<MutantStatus, number>;

/** What became of the mutants that one operator made. */
export interface OperatorReport extends StatusCounts {
  name: string;
  /** What the operator does, in a few words. */
  does: string;
  mutants: number;
}

/** What one property, relation or kind of failure caught. */
export interface CheckReport {
  kind: Violation["kind"];
  name: string;
  /** Mutants that it caught in the case that killed them. */
  caught: number;
  /** Those among them that nothing else caught in that case. */
  alone: number;
}

/** One mutant and what became of it. */
export interface MutantReport extends Place, Excerpt {
  operator: string;
  status: MutantStatus;
  /** For a killed one: the index of the case, and all that was broken in it. */
  killed?: { index: number; by: Pick<Violation, "kind" | "name" | "message">[] };
  /** For a survivor: where it answered otherwise than the baseline, on the smallest such input. */
  difference?: Difference;
  /** For a stillborn one: why it cannot be used. */
  reason?: string;
}

/**
 * What testing a judge came to: how many faults, put into a baseline one at a time, it finds. Nothing in
 * it depends on the machine or the number of workers.
 */
export interface CheckTaskReport {
  schemaVersion: 1;
  cupelVersion: string;
  run: {
    /** The task's name. */
    task: string;
    /** The function that an arm exports. */
    entry: string;
    /** Number of cases that each mutant is judged on, at most. */
    n: number;
    seed: number;
    limits: Limits;
    /** Most fuel of one call of a mutant. */
    mutantFuel: number;
    /** Names of the operators that were asked for. */
    operators: string[];
    /** By the file's base name and the SHA-256 of its bundle. */
    artifacts: Record<"task" | "baseline", { name: string; sha256: string }>;
  };
  counts: StatusCounts & {
    /** Mutants that the operators make. */
    found: number;
    /** Mutants that were judged: all of them, or a sample. */
    judged: number;
  };
  /** killed / (killed + survived); null where both are 0. */
  score: number | null;
  /** killed / (killed + survived + equivalent); null where all are 0. */
  rawScore: number | null;
  /** In the order of the catalogue, without those that made no mutant. */
  operators: OperatorReport[];
  /** Hard properties and relations in the task's order, then kinds of failure that killed. */
  checks: CheckReport[];
  /** In the order of the code. */
  mutants: MutantReport[];
}

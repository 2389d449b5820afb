import type { Failure } from "../../sandbox/outcome.ts";
import type { Value } from "../../sandbox/values/value.ts";
import type { Violation } from "../evaluate/case_result.ts";

/** A value for a person to look at. */
export interface Exhibit {
  /** Length of the encoded value, in UTF-16 units. */
  size: number;
  /** The value itself; left out where it is too large for a report. */
  value?: Value;
  /** What the task's `format` makes of it, if it has one. */
  text?: string;
}

/** A call to which a mutant answers otherwise than the baseline. */
export interface Difference {
  /** Index of the case. */
  index: number;
  /** The relation that the call is a follow-up of; left out for the source call. */
  relation?: string;
  /** The list of arguments. */
  input: Exhibit;
  baseline: Exhibit;
  mutant: Exhibit;
}

/**
 * What became of a mutant:
 *
 * - `killed`: a case was not passed, and the judge said so.
 * - `survived`: it answered otherwise than the baseline, and the judge found nothing wrong.
 * - `equivalent`: it answered as the baseline did to every call, so that no judge could tell them apart.
 * - `stillborn`: it cannot be loaded, or lacks the function that the task calls.
 */
export type MutantOutcome =
  | {
    status: "killed";
    /** Index of the first case that was not passed. */
    index: number;
    /** All that was broken in that case. */
    violations: Pick<Violation, "kind" | "name" | "message">[];
  }
  | { status: "survived"; difference: Difference }
  | { status: "equivalent" }
  | { status: "stillborn"; failure: Failure };

/** The ways in which a mutant can end. */
export type MutantStatus = MutantOutcome["status"];

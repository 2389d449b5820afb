import type { FailureKind, Usage } from "../../sandbox/outcome.ts";
import type { Value } from "../../sandbox/values/value.ts";

/** The two programs that a run compares. */
export const ARMS = ["baseline", "candidate"] as const;

/** One of {@linkcode ARMS}. */
export type Arm = (typeof ARMS)[number];

/** Why an arm did not pass a case. */
export interface Violation {
  /** What was broken: a property, a relation, or the call itself (a failure of the isolate). */
  kind: "property" | "relation" | "failure";
  /** Name of the property or relation; for a failure, its {@linkcode FailureKind}. */
  name: string;
  message: string;
}

/** What one arm did in one case. */
export interface ArmResult {
  passed: boolean;
  violations: Violation[];
  /** Names of the relations that were checked (every relation that applied to the case). */
  checked: string[];
  /** Sum over the arm's calls in the case. Peak for memory. */
  usage: Usage;
  /** How many calls the arm made: the source call and the follow-ups. */
  calls: number;
  /** SHA-256 of the encoded output of the source call, or the failure's kind. */
  outputDigest: string;
  /** The first failure's kind, where a call of the arm failed. */
  failure?: FailureKind;
}

/** One judged case; or one that could not be judged, which never counts as a pass. */
export type CaseResult =
  | {
    index: number;
    valid: true;
    /** SHA-256 of the encoded input. */
    inputDigest: string;
    /** Length of the encoded input in UTF-16 units. */
    inputSize: number;
    /**
     * The input, a list of arguments. Kept where an arm did not pass and the encoded input is at most
     * 65,536 units long, so that the results of a batch stay small; from the seed and the index it
     * can always be generated again.
     */
    input?: Value;
    arms: Record<Arm, ArmResult>;
  }
  | { index: number; valid: false; error: { kind: FailureKind; message: string } };

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
    inputDigest: string;
    /** The input, kept only where an arm did not pass. Encoded text length is its size. */
    input?: Value;
    arms: Record<Arm, ArmResult>;
  }
  | { index: number; valid: false; error: { kind: FailureKind; message: string } };

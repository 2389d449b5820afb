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
  /** For a failure: where in the arm's code, by its own files' lines. */
  stack?: string;
}

/** What one arm did in one case. */
export interface ArmResult {
  passed: boolean;
  /** What was broken that decides: hard properties, relations, calls. */
  violations: Violation[];
  /** Soft properties that do not hold. */
  warnings: Violation[];
  /** Names of the relations that were checked (every relation that applied to the case). */
  checked: string[];
  /** The metrics' values, in the task's order; `null` where there is none. */
  metrics: (number | null)[];
  /** Sum over the arm's calls in the case. Peak for memory. */
  usage: Usage;
  /** How many calls the arm made: the source call and the follow-ups with other inputs. */
  calls: number;
  /** SHA-256 of the encoded output of the source call, or the failure's kind. */
  outputDigest: string;
  /** The first failure's kind, where a call of the arm failed. */
  failure?: FailureKind;
  /**
   * Where the case was repeated with other random numbers and did not come out the same: whether it
   * passed in some repetitions only, or only its output changed.
   */
  unstable?: "judgement" | "output";
}

/** One judged case; or one that could not be judged, which never counts as a pass. */
export type CaseResult = JudgedCase | InvalidCase;

/** A case that was judged. */
export interface JudgedCase {
  index: number;
  valid: true;
  /** SHA-256 of the encoded input. */
  inputDigest: string;
  /** Length of the encoded input in UTF-16 units. */
  inputSize: number;
  /**
   * The input, a list of arguments. Kept where an arm broke something and the encoded input is at most
   * 65,536 units long, so that the results of a batch stay small; from the seed and the index it
   * can always be generated again.
   */
  input?: Value;
  /** Key of the cases that this one depends on, where the task names clusters. */
  cluster?: string;
  /** The group that the case belongs to, where the task names groups. */
  group?: string;
  arms: Record<Arm, ArmResult>;
}

/** A case that could not be judged. */
export interface InvalidCase {
  index: number;
  valid: false;
  error: { kind: FailureKind; message: string };
}

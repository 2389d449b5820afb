import type { Evidence } from "./evidence.ts";
import type { Policy } from "./policy.ts";

/** What a rule makes of a run: `undecided` where the evidence speaks neither for nor against. */
export type RuleStatus = "pass" | "fail" | "undecided";

/** A rule's answer. */
export interface RuleResult {
  /** The rule's name, in kebab case. */
  name: string;
  status: RuleStatus;
  /** One sentence for a person: the status and why. */
  reason: string;
  /** The figures that the rule used, by name. */
  figures: Record<string, number | null>;
}

/** One requirement of a policy. Pure: the same evidence gives the same answer. */
export type Rule = (evidence: Evidence, policy: Policy) => RuleResult;

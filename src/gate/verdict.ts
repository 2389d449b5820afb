import { tableTotal } from "../stats/paired_table.ts";
import { enoughEvidence } from "./enough_evidence.ts";
import type { Evidence } from "./evidence.ts";
import { noRegression } from "./no_regression.ts";
import { nonInferiority } from "./non_inferiority.ts";
import type { Policy } from "./policy.ts";
import type { Rule, RuleResult } from "./rule.ts";

/** What a run ends with: `error` says that no case could be judged at all. */
export const VERDICTS = ["adopt", "reject", "inconclusive", "error"] as const;

/** One of {@linkcode VERDICTS}. */
export type Verdict = (typeof VERDICTS)[number];

/** A verdict with what it rests on. */
export interface Decision {
  verdict: Verdict;
  /** Why, for a person: the sentence of the rule that settled it. */
  reason: string;
  policy: Policy;
  rules: RuleResult[];
}

/**
 * Applies a policy to a run: one failed rule rejects, all passed adopt, anything else is
 * inconclusive; without one judged case it is an error. Adoption needs every rule's explicit pass,
 * so that missing or broken evidence can never adopt.
 *
 * @throws {RangeError} if a cell of the evidence's table is not a count.
 */
export function decide(evidence: Evidence, policy: Policy): Decision {
  const rules = rulesOf(policy).map((rule) => rule(evidence, policy));
  const failed = rules.find((rule) => rule.status === "fail");
  const undecided = rules.find((rule) => rule.status === "undecided");
  if (tableTotal(evidence.table) === 0) {
    return { verdict: "error", reason: "No case could be judged.", policy, rules };
  }
  if (failed) return { verdict: "reject", reason: failed.reason, policy, rules };
  if (undecided) return { verdict: "inconclusive", reason: undecided.reason, policy, rules };
  return {
    verdict: "adopt",
    reason: "The candidate meets every rule of the policy.",
    policy,
    rules,
  };
}

function rulesOf(policy: Policy): Rule[] {
  return policy.regressions === 0
    ? [enoughEvidence, noRegression, nonInferiority]
    : [enoughEvidence, nonInferiority];
}

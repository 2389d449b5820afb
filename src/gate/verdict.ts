import { tableTotal } from "../stats/paired_table.ts";
import type { Evidence } from "./evidence.ts";
import type { Policy } from "./policy.ts";
import type { Rule, RuleResult } from "./rule.ts";
import { cost } from "./rules/cost.ts";
import { difference } from "./rules/difference.ts";
import { enoughEvidence } from "./rules/enough_evidence.ts";
import { hardViolations } from "./rules/hard_violations.ts";
import { metrics } from "./rules/metrics.ts";
import { monitors } from "./rules/monitors.ts";
import { passRate } from "./rules/pass_rate.ts";
import { regressions } from "./rules/regressions.ts";
import { relations } from "./rules/relations.ts";
import { stability } from "./rules/stability.ts";
import { undecided } from "./undecided.ts";
import { count } from "./words.ts";

/** What a run ends with: `error` says that no case could be judged at all. */
export const VERDICTS = ["adopt", "reject", "inconclusive", "error"] as const;

/** One of {@linkcode VERDICTS}. */
export type Verdict = (typeof VERDICTS)[number];

/** A verdict with what it rests on. */
export interface Decision {
  verdict: Verdict;
  /** Why, for a person: the sentence of the rule that settled it. */
  reason: string;
  /**
   * How many more cases would decide every undecided rule, if all proportions stayed as seen: 0 where
   * none is undecided, `null` where no number would do.
   */
  moreCases: number | null;
  policy: Policy;
  rules: RuleResult[];
}

/** Rules that speak of the cases seen, or by a test that holds whenever a sequential run is stopped. */
const RULES_AT_ANY_TIME: readonly Rule[] = [
  enoughEvidence,
  regressions,
  hardViolations,
  difference,
];

/** Rules whose intervals and tests hold at the end of a run only. */
const RULES_AT_THE_END: readonly Rule[] = [
  passRate,
  metrics,
  cost,
  relations,
  stability,
  monitors,
];

/**
 * Applies a policy to a run: one failed rule rejects, all passed adopt, anything else is
 * inconclusive; without one judged case it is an error. Adoption needs every rule's explicit pass,
 * so that missing or broken evidence can never adopt.
 *
 * @throws {RangeError} if a cell of the evidence's table is not a count.
 */
export function decide(evidence: Evidence, policy: Policy): Decision {
  const rules = applyRules(evidence, policy);
  const moreCases = mostOf(rules);
  const settled = (verdict: Verdict, reason: string): Decision => ({
    verdict,
    reason,
    moreCases,
    policy,
    rules,
  });
  if (tableTotal(evidence.table) === 0) return settled("error", "No case could be judged.");
  const failed = rules.find((rule) => rule.status === "fail");
  if (failed) return settled("reject", failed.reason);
  const undecided = hardestToDecide(rules);
  if (undecided) return settled("inconclusive", undecided.reason);
  return settled("adopt", "The candidate meets every rule of the policy.");
}

/** Of the undecided rules the one that wants most more cases: no fewer would decide all of them. */
function hardestToDecide(rules: readonly RuleResult[]): RuleResult | undefined {
  const wanted = ({ figures }: RuleResult) => figures["moreCases"] ?? Infinity;
  return rules.filter(({ status }) => status === "undecided")
    .toSorted((a, b) => wanted(a) === wanted(b) ? 0 : wanted(b) - wanted(a))[0];
}

function applyRules(evidence: Evidence, policy: Policy): RuleResult[] {
  const anyTime = RULES_AT_ANY_TIME.flatMap((rule) => rule(evidence, policy));
  const atEnd = RULES_AT_THE_END.flatMap((rule) => rule(evidence, policy));
  const { stopped, requested } = evidence;
  if (stopped === undefined) return [...anyTime, ...atEnd];
  const reason = `Not judged, as the run ended after ${stopped.after} of ` +
    count(requested, "case");
  const moreCases = requested - stopped.after;
  return [...anyTime, ...atEnd.map((result) => undecided(result, reason, moreCases))];
}

function mostOf(rules: readonly RuleResult[]): number | null {
  let most = 0;
  for (const { status, figures } of rules) {
    if (status !== "undecided") continue;
    const more = figures["moreCases"] ?? null;
    if (more === null) return null;
    most = Math.max(most, more);
  }
  return most;
}

import { tableTotal } from "../../stats/paired_table.ts";
import type { Evidence } from "../evidence.ts";
import type { Policy } from "../policy.ts";
import type { RuleResult } from "../rule.ts";
import { undecided } from "../undecided.ts";
import { judgeCap } from "./cap.ts";

/**
 * Whether the candidate keeps to the cap on cases in which it breaks a hard property or relation, or
 * fails, whatever the baseline does there.
 */
export function hardViolations(evidence: Evidence, policy: Policy): RuleResult[] {
  const { baseline, candidate } = evidence.hardViolations;
  if (policy.hardViolations === null) return [];
  const result = judgeCap(
    {
      name: "hard-violations",
      cases: candidate,
      judged: tableTotal(evidence.table),
      clusters: evidence.clusters,
      what: candidate <= 1 ? "breaks a hard rule of the task" : "break a hard rule of the task",
      figures: { baseline },
    },
    policy.hardViolations,
    policy,
  );
  if (!evidence.stopped) return [result];
  // More cases cannot mend a number that is too large. A rate's interval holds at the end only: looked
  // at again and again, it would lie above the cap too often.
  const { hardViolations: cap } = policy;
  if (result.status === "fail" && "cases" in cap) return [result];
  const reason = `${result.reason.replace(/\.$/, "")}; the rest of the cases was not run`;
  return [undecided(result, reason, evidence.requested - evidence.stopped.after)];
}

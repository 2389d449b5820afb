import { tableTotal } from "../stats/paired_table.ts";
import type { Evidence } from "./evidence.ts";
import type { Policy } from "./policy.ts";
import type { RuleResult } from "./rule.ts";
import { count } from "./words.ts";

/**
 * Whether the run says enough for a verdict to rest on it. Passes or is undecided, never fails.
 *
 * It is undecided where fewer cases were judged than the policy wants, where a case was not run or
 * could not be judged (what is missing may be just what the candidate fails), and where the baseline
 * passes no case: then there is nothing the candidate could be worse than, and more likely the task
 * or the baseline is broken.
 */
export function enoughEvidence(evidence: Evidence, policy: Policy): RuleResult {
  const judged = tableTotal(evidence.table);
  const baselinePassed = evidence.table.both + evidence.table.baselineOnly;
  const { requested, invalid } = evidence;
  const { minimumCases } = policy;
  const lack = findLack(evidence, policy, judged, baselinePassed);
  return {
    name: "enough-evidence",
    status: lack === undefined ? "pass" : "undecided",
    reason: lack ?? `All ${count(judged, "case")} could be judged.`,
    figures: { requested, judged, invalid, minimumCases, baselinePassed },
  };
}

function findLack(
  evidence: Evidence,
  policy: Policy,
  judged: number,
  baselinePassed: number,
): string | undefined {
  if (judged === 0) return "No case could be judged.";
  if (evidence.invalid > 0) {
    return `${count(evidence.invalid, "case")} of ${evidence.requested} could not be judged.`;
  }
  if (judged !== evidence.requested) {
    return `Only ${judged} of ${count(evidence.requested, "case")} were run.`;
  }
  if (judged < policy.minimumCases) {
    return `${count(judged, "judged case")} cannot carry a verdict; at least ` +
      `${policy.minimumCases} are needed.`;
  }
  if (baselinePassed === 0) {
    return "The baseline passes no case, so there is nothing to compare the candidate with.";
  }
  return undefined;
}

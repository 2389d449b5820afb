import { tableTotal } from "../../stats/paired_table.ts";
import type { Evidence } from "../evidence.ts";
import type { Policy } from "../policy.ts";
import type { RuleResult } from "../rule.ts";
import { undecided } from "../undecided.ts";
import { count } from "../words.ts";

/**
 * Whether the run says enough for a verdict to rest on it. Passes or is undecided, never fails.
 *
 * It is undecided where fewer cases were judged than the policy wants, where a case was not run or
 * could not be judged (what is missing may be just what the candidate fails), and where the baseline
 * passes no case: then there is nothing the candidate could be worse than, and more likely the task
 * or the baseline is broken. A run that was stopped because it was decided has run all it needs.
 */
export function enoughEvidence(evidence: Evidence, policy: Policy): RuleResult[] {
  const judged = tableTotal(evidence.table);
  const baselinePassed = evidence.table.both + evidence.table.baselineOnly;
  const { requested, invalid } = evidence;
  const { minimumCases } = policy;
  const name = "enough-evidence";
  const figures = { requested, judged, invalid, minimumCases, baselinePassed };
  const lack = findLack(evidence, policy, judged, baselinePassed);
  if (lack) return [undecided({ name, figures }, lack.reason, lack.moreCases)];
  const reason = `All ${count(judged, "case")} could be judged.`;
  return [{ name, status: "pass", reason, figures }];
}

interface Lack {
  reason: string;
  moreCases: number | null;
}

function findLack(
  evidence: Evidence,
  policy: Policy,
  judged: number,
  baselinePassed: number,
): Lack | undefined {
  const { invalid, requested, stopped } = evidence;
  const { minimumCases } = policy;
  const expected = stopped?.after ?? requested;
  if (judged === 0) return { reason: "No case could be judged", moreCases: null };
  if (invalid > 0) {
    const reason = `${count(invalid, "case")} of ${requested} could not be judged`;
    return { reason, moreCases: null };
  }
  if (judged !== expected) {
    const reason = `Only ${judged} of ${count(expected, "case")} were run`;
    return { reason, moreCases: judged < expected ? expected - judged : null };
  }
  if (judged < minimumCases) {
    const reason = `${count(judged, "judged case")} cannot carry a verdict; at least ` +
      `${minimumCases} are needed`;
    return { reason, moreCases: minimumCases - judged };
  }
  if (baselinePassed > 0) return undefined;
  const reason = "The baseline passes no case, so there is nothing to compare the candidate with";
  return { reason, moreCases: null };
}

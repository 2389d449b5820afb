import { tableTotal } from "../../stats/paired_table.ts";
import type { Evidence } from "../evidence.ts";
import type { Policy } from "../policy.ts";
import type { RuleResult } from "../rule.ts";
import { undecided } from "../undecided.ts";
import { count, percentage } from "../words.ts";

/**
 * Whether the run says enough for a verdict to rest on it. Passes or is undecided, never fails.
 *
 * It is undecided where fewer cases were judged than the policy wants, where a case was not run or
 * could not be judged (what is missing may be just what the candidate fails), and where the baseline
 * passes no case, or fewer than the policy wants: then there is little that the candidate could be worse
 * than, and more likely the task or the baseline is broken. Where cases come in clusters, there must be some of these as well: all cases
 * of a single one may be as good as one case. A run that was stopped because it was decided has run all it needs.
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

/** Fewest clusters on which a verdict may rest, or as many as the policy wants cases if that is less. */
const LEAST_CLUSTERS = 10;

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
  const { invalid, requested, stopped, clusters } = evidence;
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
  const fewest = Math.min(minimumCases, LEAST_CLUSTERS);
  if (clusters !== null && stopped === undefined && clusters.count < fewest) {
    const reason =
      `${count(clusters.count, "cluster")} of cases cannot carry a verdict; at least ` +
      `${fewest} are needed`;
    const moreCases = Math.ceil(judged * (fewest / clusters.count - 1));
    return { reason, moreCases };
  }
  return findBaselineLack(baselinePassed, judged, policy);
}

function findBaselineLack(
  passed: number,
  judged: number,
  { baselinePassRate }: Policy,
): Lack | undefined {
  if (passed === 0) {
    const reason = "The baseline passes no case, so there is nothing to compare the candidate with";
    return { reason, moreCases: null };
  }
  if (passed >= baselinePassRate * judged) return undefined;
  const reason = `The baseline passes only ${passed} of ${count(judged, "case")}, and the policy ` +
    `wants ${
      percentage(baselinePassRate)
    }: more likely the task or the baseline is at fault than ` +
    "the candidate right";
  return { reason, moreCases: null };
}

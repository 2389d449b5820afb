import type { Estimate, Evidence } from "../evidence.ts";
import type { Policy } from "../policy.ts";
import { projectByWidth } from "../projection.ts";
import type { RuleResult } from "../rule.ts";
import { tableTotal } from "../../stats/paired_table.ts";
import { undecided } from "../undecided.ts";
import { figure, figureInterval, percentage } from "../words.ts";

/**
 * Whether the candidate's fuel and its memory keep to their caps, as ratios to the baseline's on the
 * same cases. The ratio's interval decides: fuel and memory are counted without noise, but the cases
 * are a sample.
 */
export function cost(evidence: Evidence, policy: Policy): RuleResult[] {
  const judged = tableTotal(evidence.table);
  const rule = (name: "fuel" | "memory") => {
    const most = policy.cost[name];
    return most === null ? [] : [judge(name, evidence.cost[name], most, judged, policy)];
  };
  return [...rule("fuel"), ...rule("memory")];
}

function judge(
  name: "fuel" | "memory",
  ratio: Estimate,
  most: number,
  judged: number,
  policy: Policy,
): RuleResult {
  const { estimate, low, high } = ratio;
  const figures = { most, ratio: estimate, low, high };
  if (judged === 0 || estimate === null || low === null || high === null) {
    const reason = judged === 0 || estimate === null
      ? `The run says nothing of the ${name} that the arms use`
      : `The candidate uses ${
        figure(estimate)
      } times the baseline's ${name}, in too few cases or ` +
        "clusters for an interval";
    return undecided({ name, figures }, reason, null);
  }
  const seen = `The candidate uses ${figure(estimate)} times the baseline's ${name} ` +
    `(${percentage(policy.confidence)} interval ${figureInterval(low, high)})`;
  const allowed = `the policy accepts up to ${figure(most)} times`;
  if (high <= most) return { name, status: "pass", reason: `${seen}; ${allowed}.`, figures };
  if (low > most) return { name, status: "fail", reason: `${seen}; ${allowed}.`, figures };
  const reach = estimate > most ? estimate - low : high - estimate;
  const moreCases = projectByWidth(judged, reach, Math.abs(estimate - most));
  return undecided({ name, figures }, `${seen}, too wide to tell: ${allowed}`, moreCases);
}

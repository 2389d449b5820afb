import { tableTotal } from "../../stats/paired_table.ts";
import type { Evidence, MetricEvidence } from "../evidence.ts";
import type { MetricRequirement, Policy } from "../policy.ts";
import type { RuleResult } from "../rule.ts";
import { undecided } from "../undecided.ts";
import { metricDifference } from "./metric_difference.ts";
import { metricGap } from "./metric_gap.ts";

/**
 * Whether each of the task's metrics keeps to what the policy asks of it: one answer for its
 * difference, one for its gap between groups. A metric that the policy names and the task lacks is
 * undecided.
 */
export function metrics(evidence: Evidence, policy: Policy): RuleResult[] {
  const lacking = Object.keys(policy.metrics)
    .filter((name) => !evidence.metrics.some((metric) => metric.name === name))
    .map((name) => lackingMetric(name, evidence.metrics));
  const judged = tableTotal(evidence.table);
  const found = evidence.metrics.flatMap((metric) => judgeMetric(metric, judged, policy));
  return [...found, ...lacking];
}

function judgeMetric(metric: MetricEvidence, judged: number, policy: Policy): RuleResult[] {
  const requirement = requirementOf(metric.name, policy);
  if (requirement === null) return [];
  const { kind, margin, maxGap } = requirement;
  const { confidence, minimumCases } = policy;
  const context = { confidence, minimumCases, judged };
  const results: RuleResult[] = [];
  if (kind !== "reported") {
    results.push(metricDifference(metric, { kind, margin }, context));
  }
  if (maxGap !== null) results.push(metricGap(metric, maxGap, context));
  return results;
}

function requirementOf(name: string, policy: Policy): MetricRequirement | null {
  const named = Object.hasOwn(policy.metrics, name) ? policy.metrics[name] : undefined;
  return named ?? policy.otherMetrics;
}

function lackingMetric(name: string, known: readonly MetricEvidence[]): RuleResult {
  const names = known.map((metric) => `"${metric.name}"`).join(", ");
  const reason = `The policy names the metric "${name}", which the task has not` +
    (names === "" ? "" : ` (it has ${names})`);
  return undecided({ name: "metric", figures: { estimate: null } }, reason, null);
}

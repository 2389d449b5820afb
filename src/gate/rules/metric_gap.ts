import type { MetricEvidence } from "../evidence.ts";
import { projectByWidth } from "../projection.ts";
import type { RuleResult } from "../rule.ts";
import { undecided } from "../undecided.ts";
import { figure, figureInterval, percentage } from "../words.ts";
import { inRunCases, lackOf, type MetricContext } from "./metric_difference.ts";

/**
 * Whether the candidate's mean of a metric differs no more between the task's groups than the policy
 * accepts, by the gap's interval.
 */
export function metricGap(
  metric: MetricEvidence,
  most: number,
  context: MetricContext,
): RuleResult {
  const name = "metric-gap";
  const named = `The metric "${metric.name}"`;
  const gap = metric.gap?.candidate;
  const { estimate = null, low = null, high = null } = gap ?? {};
  const baseline = metric.gap?.baseline.estimate ?? null;
  const figures = { most, estimate, low, high, baseline };
  if (estimate === null || low === null || high === null) {
    const reason = metric.gap === null
      ? `${named} has no gap, as the task has no groups`
      : `${named} has too few values in some group to tell its gap`;
    return undecided({ name, figures }, reason, null);
  }
  const seen = `${named} differs by ${figure(estimate)} between the candidate's groups ` +
    `(${percentage(context.confidence)} interval ${figureInterval(low, high)})`;
  const allowed = `the policy accepts up to ${figure(most)}`;
  if (low > most) return { name, status: "fail", reason: `${seen}; ${allowed}.`, figures };
  if (high <= most) {
    const lack = lackOf(metric, context);
    if (lack) return undecided({ name, figures }, `${seen}, but ${lack.reason}`, lack.moreCases);
    return { name, status: "pass", reason: `${seen}; ${allowed}.`, figures };
  }
  const reach = estimate > most ? estimate - low : high - estimate;
  const needed = projectByWidth(metric.cases, reach, Math.abs(estimate - most));
  const moreCases = inRunCases(needed, metric, context);
  return undecided({ name, figures }, `${seen}, too wide to tell: ${allowed}`, moreCases);
}

import type { MetricEvidence } from "../evidence.ts";
import type { DifferenceKind } from "../policy.ts";
import { projectByWidth } from "../projection.ts";
import type { RuleResult } from "../rule.ts";
import { undecided } from "../undecided.ts";
import { count, figure, figureInterval, percentage } from "../words.ts";

/** What is wanted of a metric's difference. */
export interface MetricDifferenceRequirement {
  kind: DifferenceKind;
  /** In the metric's unit, at least 0. */
  margin: number;
}

/** What else counts for a metric's rules. */
export interface MetricContext {
  confidence: number;
  /** Fewest cases with a value of both arms on which a pass may rest. */
  minimumCases: number;
  /** Cases that were judged, with or without a value. */
  judged: number;
}

/**
 * Whether a metric is not worse than the margin allows, or better than it demands, by the interval of
 * its difference. Better is up or down, as the task says.
 *
 * At noninferiority with margin 0 an interval of no width at 0 passes: the arms have the same value in
 * every case seen. A case without the candidate's value may be its worst: the rule never passes then.
 */
export function metricDifference(
  metric: MetricEvidence,
  requirement: MetricDifferenceRequirement,
  context: MetricContext,
): RuleResult {
  const { cases, missing, direction } = metric;
  const { estimate, low, high } = metric.difference;
  const base = {
    name: "metric",
    figures: { margin: requirement.margin, estimate, low, high, cases, missing },
  };
  const named = `The metric "${metric.name}"`;
  if (cases === 0 || estimate === null || low === null || high === null) {
    const lack = cases === 0
      ? "has no value to compare"
      : "has no interval, as too few cases or clusters have a value, or values are too large to add up";
    return undecided(base, `${named} ${lack}`, null);
  }
  const gain = direction === "higher"
    ? { estimate, low, high }
    : { estimate: -estimate, low: -high, high: -low };
  const seen =
    `${named} differs by ${figure(estimate)} (${percentage(context.confidence)} interval ` +
    `${figureInterval(low, high)}, ${direction} is better)`;
  const wanted = wantedOf(requirement);
  const limit = requirement.kind === "superiority" ? requirement.margin : -requirement.margin;
  const same = limit === 0 && requirement.kind === "noninferiority" && gain.low === 0;
  if (gain.high < limit) {
    return { ...base, status: "fail", reason: `${seen}; ${wanted}.` };
  }
  if (gain.low > limit || same) {
    const lack = lackOf(metric, context);
    if (lack) return undecided(base, `${seen}, but ${lack.reason}`, lack.moreCases);
    return { ...base, status: "pass", reason: `${seen}; ${wanted}.` };
  }
  const moreCases = inRunCases(project(metric, gain, limit), metric, context);
  return undecided(base, `${seen}, too wide to tell: ${wanted}`, moreCases);
}

function wantedOf({ kind, margin }: MetricDifferenceRequirement): string {
  if (kind === "superiority") return `a gain above ${figure(margin)} is wanted`;
  return margin === 0 ? "no loss is allowed" : `a loss below ${figure(margin)} is allowed`;
}

/** A sum grows with the cases, so that only its sign can be projected. */
function project(
  { kind, cases, missing }: MetricEvidence,
  gain: { estimate: number; low: number; high: number },
  limit: number,
): number | null {
  if (missing > 0 || (kind === "sum" && limit !== 0)) return null;
  const reach = gain.estimate > limit ? gain.estimate - gain.low : gain.high - gain.estimate;
  return projectByWidth(cases, reach, Math.abs(gain.estimate - limit));
}

/** What keeps a metric from passing, whatever its figures are. */
export function lackOf(
  metric: MetricEvidence,
  context: MetricContext,
): { reason: string; moreCases: number | null } | undefined {
  const { cases, missing } = metric;
  const { minimumCases } = context;
  if (missing > 0) {
    const reason = `the candidate has no value in ${count(missing, "case")} in which the ` +
      "baseline has one";
    return { reason, moreCases: null };
  }
  if (cases >= minimumCases) return undefined;
  const reason = `only ${count(cases, "case")} of at least ${minimumCases} have a value`;
  return { reason, moreCases: inRunCases(minimumCases - cases, metric, context) };
}

/** Cases of the run that give as many more cases with a value. */
export function inRunCases(
  more: number | null,
  { cases }: MetricEvidence,
  { judged }: MetricContext,
): number | null {
  return more === null || cases === 0 ? null : Math.ceil(more * judged / cases);
}

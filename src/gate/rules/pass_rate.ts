import type { Interval } from "../../stats/interval.ts";
import { tableTotal } from "../../stats/paired_table.ts";
import type { Evidence } from "../evidence.ts";
import type { Policy } from "../policy.ts";
import { projectCases } from "../projection.ts";
import { rateInterval } from "../rate_interval.ts";
import type { RuleResult, RuleStatus } from "../rule.ts";
import { undecided } from "../undecided.ts";
import { percentage } from "../words.ts";

/**
 * Whether the candidate's pass rate is at least what the policy accepts, by its Wilson interval.
 *
 * No interval can ever show a rate of 1: there the rule speaks of the cases seen, exactly.
 */
export function passRate(evidence: Evidence, policy: Policy): RuleResult[] {
  const least = policy.passRate;
  if (least === null) return [];
  const name = "pass-rate";
  const judged = tableTotal(evidence.table);
  if (judged === 0) {
    const figures = { least, rate: null, low: null, high: null };
    return [undecided({ name, figures }, "No case could be judged", null)];
  }
  const rate = (evidence.table.both + evidence.table.candidateOnly) / judged;
  const interval = intervalAfter(evidence, 1, policy);
  const { low, high } = interval;
  const figures = { least, rate, low, high };
  const seen = `The candidate passes ${percentage(rate)} of the cases ` +
    `(${percentage(policy.confidence)} interval ${percentage(low)} to ${percentage(high)})`;
  const wanted = `the policy wants at least ${percentage(least)}`;
  const status = judge(rate, interval, least);
  if (status !== "undecided") return [{ name, status, reason: `${seen}; ${wanted}.`, figures }];
  const isDecided = (factor: number) =>
    judge(rate, intervalAfter(evidence, factor, policy), least) !== "undecided";
  const moreCases = projectCases(judged, isDecided);
  return [undecided({ name, figures }, `${seen}, too few cases to tell: ${wanted}`, moreCases)];
}

/** The rule's status alone, without words and figures: cheap enough for planning. */
export function passRateStatus(evidence: Evident, policy: Policy): RuleStatus {
  if (policy.passRate === null) return "pass";
  const judged = tableTotal(evidence.table);
  if (judged === 0) return "undecided";
  const rate = (evidence.table.both + evidence.table.candidateOnly) / judged;
  return judge(rate, intervalAfter(evidence, 1, policy), policy.passRate);
}

type Evident = Pick<Evidence, "table" | "clusters">;

function judge(rate: number, { low, high }: Interval, least: number): RuleStatus {
  if (least === 1) return rate === 1 ? "pass" : "fail";
  if (low >= least) return "pass";
  return high < least ? "fail" : "undecided";
}

/** The pass rate's interval if `factor` times the cases had been judged. */
function intervalAfter(evidence: Evident, factor: number, policy: Policy): Interval {
  const { table, clusters } = evidence;
  const total = Math.round(tableTotal(table) * factor);
  const passed = Math.round((table.both + table.candidateOnly) * factor);
  return rateInterval(passed, total, clusters, policy.confidence);
}

import type { Interval } from "../../stats/interval.ts";
import type { ClusterEvidence } from "../evidence.ts";
import type { Cap, Policy } from "../policy.ts";
import { projectCases } from "../projection.ts";
import { rateInterval } from "../rate_interval.ts";
import type { RuleResult } from "../rule.ts";
import { undecided } from "../undecided.ts";
import { count, percentage } from "../words.ts";

/** What a cap is put on. */
export interface Capped {
  /** The rule's name. */
  name: string;
  cases: number;
  judged: number;
  clusters: ClusterEvidence | null;
  /** What the cases have in common, to follow "3 cases": "in which the candidate …". */
  what: string;
  /** Further figures of the rule. */
  figures: Record<string, number | null>;
}

/**
 * Judges a number of cases against a cap.
 *
 * A number is a statement on the cases seen, and so is the rate 0. Any other rate is one on all cases
 * that could be drawn: the Wilson interval of the observed rate decides, and where it contains the
 * cap, the rule is undecided.
 */
export function judgeCap(capped: Capped, cap: Cap, policy: Policy): RuleResult {
  if (capped.judged === 0) {
    const { name, figures } = capped;
    return undecided({ name, figures }, "No case could be judged", null);
  }
  if ("cases" in cap) return judgeNumber(capped, cap.cases);
  return cap.rate === 0 ? judgeNumber(capped, 0) : judgeRate(capped, cap.rate, policy);
}

function judgeNumber(capped: Capped, most: number): RuleResult {
  const { name, cases, what } = capped;
  const allowed = most === 0 ? "none is accepted" : `the policy accepts up to ${most}`;
  const reason = cases === 0 ? `No case ${what}.` : `${count(cases, "case")} ${what}; ${allowed}.`;
  const figures = { ...capped.figures, cases, most, judged: capped.judged };
  return { name, status: cases > most ? "fail" : "pass", reason, figures };
}

function judgeRate(capped: Capped, mostRate: number, policy: Policy): RuleResult {
  const { name, cases, judged, what } = capped;
  const { low, high } = intervalAfter(capped, 1, policy);
  const figures = { ...capped.figures, cases, mostRate, judged, rate: cases / judged, low, high };
  const seen = `${count(cases, "case")} of ${judged} ${what} (${percentage(policy.confidence)} ` +
    `interval of the rate ${percentage(low)} to ${percentage(high)})`;
  const allowed = `the policy accepts a rate of up to ${percentage(mostRate)}`;
  if (high <= mostRate) return { name, status: "pass", reason: `${seen}; ${allowed}.`, figures };
  if (low > mostRate) return { name, status: "fail", reason: `${seen}; ${allowed}.`, figures };
  const moreCases = projectCases(judged, (factor) => {
    const later = intervalAfter(capped, factor, policy);
    return later.high <= mostRate || later.low > mostRate;
  });
  return undecided({ name, figures }, `${seen}, too few to tell: ${allowed}`, moreCases);
}

/** The rate's interval if `factor` times the cases had been judged. */
function intervalAfter(capped: Capped, factor: number, policy: Policy): Interval {
  const { cases, judged, clusters } = capped;
  const [hits, total] = [Math.round(cases * factor), Math.round(judged * factor)];
  return rateInterval(hits, total, clusters, policy.confidence);
}

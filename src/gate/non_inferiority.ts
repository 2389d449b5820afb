import { pairedDifference } from "../stats/paired_difference.ts";
import type { Evidence } from "./evidence.ts";
import type { Policy } from "./policy.ts";
import type { RuleResult, RuleStatus } from "./rule.ts";
import { points, pointsInterval } from "./words.ts";

/**
 * Whether the candidate's pass rate is at most `margin` below the baseline's.
 *
 * With a margin above 0 this is the usual test: the difference's 95 % interval decides. It passes
 * where the lower bound lies above `-margin`, fails where the upper bound lies below it, and is
 * undecided between.
 *
 * With a margin of 0 that test would never adopt an equivalent candidate: two arms that agree on
 * every case have an interval around 0, with a lower bound below 0 for every finite sample. So at
 * margin 0 the rule speaks of the cases seen, exactly: it passes where no case regressed and the
 * estimate is not below 0, and fails where the estimate is below 0. With regressions and an estimate
 * of at least 0 (only a policy that allows regressions comes so far), the interval must lie above 0.
 * The interval's lower bound then tells how much worse the candidate may still be on cases that were
 * not drawn.
 */
export function nonInferiority(evidence: Evidence, policy: Policy): RuleResult {
  const { estimate, low, high } = pairedDifference(evidence.table);
  const { margin } = policy.difference;
  const base = { name: "non-inferiority", figures: { margin, estimate, low, high } };
  if (estimate === null) {
    return { ...base, status: "undecided", reason: "No case could be judged." };
  }
  const status = margin > 0
    ? compareInterval(low, high, margin)
    : compareCases(estimate, low, evidence.table.baselineOnly);
  return { ...base, status, reason: explain(status, estimate, low, high, margin) };
}

function compareInterval(low: number, high: number, margin: number): RuleStatus {
  if (low > -margin) return "pass";
  if (high < -margin) return "fail";
  return "undecided";
}

function compareCases(estimate: number, low: number, regressions: number): RuleStatus {
  if (estimate < 0) return "fail";
  if (estimate >= 0 && regressions === 0) return "pass";
  return low > 0 ? "pass" : "undecided";
}

function explain(
  status: RuleStatus,
  estimate: number,
  low: number,
  high: number,
  margin: number,
): string {
  const seen = `The pass rate differs by ${points(estimate)} ` +
    `(95 % interval ${pointsInterval(low, high)})`;
  const allowed = margin === 0
    ? "no loss is allowed"
    : `a loss of up to ${(margin * 100).toFixed(2)} points is allowed`;
  if (status === "pass") return `${seen}; ${allowed}.`;
  if (status === "fail") return `${seen}, which is worse than the policy accepts: ${allowed}.`;
  return `${seen}, too wide an interval to tell: ${allowed}.`;
}

import type { Interval } from "../../stats/interval.ts";
import { tableTotal } from "../../stats/paired_table.ts";
import { differenceInterval, type DifferenceMethod } from "../difference_interval.ts";
import type { Evidence } from "../evidence.ts";
import type { DifferenceRequirement, Policy } from "../policy.ts";
import { projectCases } from "../projection.ts";
import type { RuleResult, RuleStatus } from "../rule.ts";
import { undecided } from "../undecided.ts";
import { percentage, points, pointsInterval } from "../words.ts";

/**
 * Whether the candidate's pass rate is at most the margin below the baseline's (noninferiority), or
 * more than the margin above it (superiority), by the interval that suits the policy's way of looking.
 *
 * The interval decides: it passes where its lower bound lies above the limit, fails where its upper
 * bound lies below it, and is undecided between.
 *
 * Noninferiority with margin 0 would never adopt an equivalent candidate that way: two arms that agree
 * on every case have an interval around 0, with a lower bound below 0 for every finite sample. So there
 * the rule speaks of the cases seen, exactly: it passes where no case regressed, and fails where the
 * estimate is below 0. With regressions and an estimate of at least 0 (only a policy that allows
 * regressions comes so far), the interval must lie above 0.
 */
export function difference(evidence: Evidence, policy: Policy): RuleResult[] {
  const requirement = policy.difference;
  const { margin } = requirement;
  const name = requirement.kind === "superiority" ? "superiority" : "non-inferiority";
  const found = differenceInterval(evidence, policy);
  const { estimate, low, high, method } = found;
  const figures = { margin, estimate, low, high };
  if (estimate === null) return [undecided({ name, figures }, "No case could be judged", null)];
  const seen = `The pass rate differs by ${points(estimate)}`;
  if (low === null || high === null) {
    const reason = `${seen} so far; no interval is valid at this point`;
    return [undecided({ name, figures }, reason, null)];
  }
  const exactly = exactlySeen(evidence, estimate);
  const status = judge(requirement, { low, high }, exactly);
  const measured = `${seen} (${percentage(policy.confidence)} ${INTERVAL_NAMES[method]} ` +
    `${pointsInterval(low, high)})`;
  if (status !== "undecided") {
    return [{ name, status, reason: explain(status, measured, requirement), figures }];
  }
  const moreCases = projectCases(
    tableTotal(evidence.table),
    (factor) => judge(requirement, found.after(factor), exactly) !== "undecided",
  );
  const reason = `${measured}, too wide an interval to tell: ${wantedOf(requirement)}`;
  return [undecided({ name, figures }, reason, moreCases)];
}

const INTERVAL_NAMES: Readonly<Record<DifferenceMethod, string>> = {
  "tango-1998": "interval",
  "tango-1998-rao-scott-1992": "interval",
  "always-valid": "always-valid interval",
  "repeated-tango-1998": "repeated interval",
};

/** The rule's status alone, without words and figures: cheap enough for planning. */
export function differenceStatus(evidence: Evident, policy: Policy): RuleStatus {
  const { estimate, low, high } = differenceInterval(evidence, policy);
  if (estimate === null || low === null || high === null) return "undecided";
  return judge(policy.difference, { low, high }, exactlySeen(evidence, estimate));
}

type Evident = Pick<Evidence, "requested" | "stopped" | "table" | "clusters">;

/** What is known of the cases seen, whatever an interval says of those that were not. */
interface Exactly {
  /** All cases were seen, and the candidate passes fewer. */
  worse: boolean;
  /** All cases were seen, and none of them regressed. */
  same: boolean;
}

/** A part of the cases says nothing exact: those to come may turn it. */
function exactlySeen({ table, stopped }: Evident, estimate: number): Exactly {
  if (stopped !== undefined) return { worse: false, same: false };
  return { worse: estimate < 0, same: table.baselineOnly === 0 };
}

function judge(
  { kind, margin }: DifferenceRequirement,
  { low, high }: Interval,
  exactly: Exactly,
): RuleStatus {
  if (kind === "noninferiority" && margin === 0) {
    if (exactly.worse) return "fail";
    if (exactly.same) return "pass";
  }
  const limit = kind === "superiority" ? margin : -margin;
  if (low > limit) return "pass";
  return high < limit ? "fail" : "undecided";
}

function explain(status: RuleStatus, measured: string, wanted: DifferenceRequirement): string {
  if (status === "pass") return `${measured}; ${wantedOf(wanted)}.`;
  return `${measured}, which is worse than the policy accepts: ${wantedOf(wanted)}.`;
}

function wantedOf({ kind, margin }: DifferenceRequirement): string {
  const size = `${(margin * 100).toFixed(2)} points`;
  if (kind === "superiority") {
    return margin === 0 ? "a gain is wanted" : `a gain of more than ${size} is wanted`;
  }
  return margin === 0 ? "no loss is allowed" : `a loss of up to ${size} is allowed`;
}

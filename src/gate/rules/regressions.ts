import { tableTotal } from "../../stats/paired_table.ts";
import type { Evidence } from "../evidence.ts";
import type { Policy } from "../policy.ts";
import type { RuleResult } from "../rule.ts";
import { undecided } from "../undecided.ts";
import { count } from "../words.ts";

/** Fails where more cases that the baseline passes than the policy allows are failed by the candidate. */
export function regressions(evidence: Evidence, policy: Policy): RuleResult[] {
  const most = policy.regressions;
  if (most === null) return [];
  const seen = evidence.table.baselineOnly;
  const judged = tableTotal(evidence.table);
  const name = "regressions";
  const figures = { regressions: seen, most, judged };
  if (seen > most) return [{ name, status: "fail", reason: tooMany(evidence, most), figures }];
  if (judged === 0) return [undecided({ name, figures }, "No case could be judged", null)];
  if (evidence.stopped) {
    const reason = `${count(seen, "regression")} so far, of at most ${most} in all cases`;
    return [undecided({ name, figures }, reason, evidence.requested - evidence.stopped.after)];
  }
  const reason = seen === 0
    ? "The candidate passes every case that the baseline passes."
    : `${count(seen, "case")} that the baseline passes ${verb(seen)} failed by the candidate; ` +
      `the policy accepts up to ${most}.`;
  return [{ name, status: "pass", reason, figures }];
}

function tooMany({ table, firstRegression }: Evidence, most: number): string {
  const seen = table.baselineOnly;
  const where = firstRegression === undefined ? "" : ` (the first is case ${firstRegression})`;
  const allowed = most === 0 ? "" : `; the policy accepts up to ${most}`;
  return `${count(seen, "case")} that the baseline passes ${verb(seen)} failed by the ` +
    `candidate${where}${allowed}.`;
}

function verb(number: number): string {
  return number === 1 ? "is" : "are";
}

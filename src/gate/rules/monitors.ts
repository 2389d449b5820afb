import type { Evidence } from "../evidence.ts";
import { type Policy, SEVERITIES } from "../policy.ts";
import type { RuleResult } from "../rule.ts";
import { undecided } from "../undecided.ts";
import { count } from "../words.ts";

/** Fails where a monitor raised an alert as grave as the policy rejects. Undecided where none watched. */
export function monitors(evidence: Evidence, policy: Policy): RuleResult[] {
  const { rejectAt } = policy.monitors;
  if (rejectAt === null) return [];
  const name = "monitors";
  if (evidence.alerts === null) {
    const reason = "No monitor watched the run, and the policy rejects on what monitors find";
    return [undecided({ name, figures: { alerts: null, grave: null } }, reason, null)];
  }
  const least = SEVERITIES.indexOf(rejectAt);
  const grave = evidence.alerts.filter(({ severity }) => SEVERITIES.indexOf(severity) >= least);
  const figures = { alerts: evidence.alerts.length, grave: grave.length };
  const [first] = grave;
  if (first === undefined) {
    const reason = `No monitor raised an alert of severity ${rejectAt} or above.`;
    return [{ name, status: "pass", reason, figures }];
  }
  const reason = `Monitors raised ${count(grave.length, "alert")} of severity ${rejectAt} or ` +
    `above; the first, by ${first.monitor}: ${first.message}`;
  return [{ name, status: "fail", reason, figures }];
}

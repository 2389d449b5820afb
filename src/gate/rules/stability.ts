import { tableTotal } from "../../stats/paired_table.ts";
import type { Evidence } from "../evidence.ts";
import type { Policy } from "../policy.ts";
import type { RuleResult } from "../rule.ts";
import { undecided } from "../undecided.ts";
import { judgeCap } from "./cap.ts";

/**
 * Whether the candidate's outcomes stay the same when cases are repeated with other isolate seeds.
 * Undecided where each case ran once.
 */
export function stability(evidence: Evidence, policy: Policy): RuleResult[] {
  if (policy.unstable === null) return [];
  const name = "stability";
  if (evidence.unstable === null) {
    const reason = "Each case ran once, so nothing is known of the candidate's stability; " +
      "--stability 3 repeats them";
    const figures = { baseline: null, cases: null };
    return [undecided({ name, figures }, reason, null)];
  }
  const { baseline, candidate } = evidence.unstable;
  const changed = candidate === 1 ? "changes its outcome" : "change their outcome";
  const capped = {
    name,
    cases: candidate,
    judged: tableTotal(evidence.table),
    clusters: evidence.clusters,
    what: `${changed} when the candidate repeats ${candidate === 1 ? "it" : "them"}`,
    figures: { baseline },
  };
  return [judgeCap(capped, policy.unstable, policy)];
}

import { tableTotal } from "../stats/paired_table.ts";
import type { Evidence } from "./evidence.ts";
import type { RuleResult } from "./rule.ts";
import { count } from "./words.ts";

/** Fails on a single case that the baseline passes and the candidate does not. */
export function noRegression(evidence: Evidence): RuleResult {
  const regressions = evidence.table.baselineOnly;
  const judged = tableTotal(evidence.table);
  const base = { name: "no-regression", figures: { regressions, judged } };
  if (regressions > 0) {
    const first = evidence.firstRegression;
    const where = first === undefined ? "" : ` (the first is case ${first})`;
    const verb = regressions === 1 ? "is" : "are";
    const reason = `${count(regressions, "case")} that the baseline passes ${verb} failed by the ` +
      `candidate${where}.`;
    return { ...base, status: "fail", reason };
  }
  if (judged === 0) return { ...base, status: "undecided", reason: "No case could be judged." };
  return {
    ...base,
    status: "pass",
    reason: "The candidate passes every case that the baseline passes.",
  };
}

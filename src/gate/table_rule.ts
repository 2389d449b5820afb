import { type PairedTable, tableTotal } from "../stats/paired_table.ts";
import type { Policy } from "./policy.ts";
import type { RuleStatus } from "./rule.ts";
import { differenceStatus } from "./rules/difference.ts";
import { passRateStatus } from "./rules/pass_rate.ts";

/**
 * What a policy makes of a complete run of independent cases of which only the paired table is known:
 * `pass` adopts, `fail` rejects. For planning, with the very rules that the gate applies.
 *
 * Left out are the rules that need more than a table (see {@linkcode unplannedRules}), and that the
 * baseline has to pass enough cases (see `power/baseline_chance.ts`).
 *
 * @throws {RangeError} if a cell of the table is not a count.
 */
export function tableStatus(table: PairedTable, policy: Policy): RuleStatus {
  return statusWith(table, policy, (run) => differenceStatus(run, policy));
}

/**
 * {@linkcode tableStatus} of one policy, for many tables: what the difference's rule says of a number of
 * regressions and improvements is remembered, as it does not depend on how the other cases came out.
 */
export function rememberingTableStatus(policy: Policy): (table: PairedTable) => RuleStatus {
  const known = new Map<number, RuleStatus>();
  let knownFor = -1;
  return (table) =>
    statusWith(table, policy, (run) => {
      const { requested, table: { baselineOnly, candidateOnly } } = run;
      if (requested !== knownFor) known.clear();
      knownFor = requested;
      const key = baselineOnly * (requested + 1) + candidateOnly;
      const status = known.get(key) ?? differenceStatus(run, policy);
      known.set(key, status);
      return status;
    });
}

type TableRun = Parameters<typeof differenceStatus>[0] & Parameters<typeof passRateStatus>[0];

function statusWith(
  table: PairedTable,
  policy: Policy,
  differenceOf: (run: TableRun) => RuleStatus,
): RuleStatus {
  const judged = tableTotal(table);
  const { regressions, minimumCases } = policy;
  if (regressions !== null && table.baselineOnly > regressions) return "fail";
  const run = { requested: judged, table, clusters: null };
  const statuses = [differenceOf(run), passRateStatus(run, policy)];
  if (statuses.includes("fail")) return "fail";
  const isEnough = judged > 0 && judged >= minimumCases;
  return isEnough && statuses.every((status) => status === "pass") ? "pass" : "undecided";
}

/** The rules of a policy on which a paired table says nothing: no plan takes them into account. */
export function unplannedRules(policy: Policy): string[] {
  const { hardViolations, metrics, otherMetrics, cost, relations, unstable, monitors } = policy;
  const hasMetrics = Object.keys(metrics).length > 0 || otherMetrics !== null;
  const rules: [string, boolean][] = [
    ["hard-violations", hardViolations !== null],
    ["metric", hasMetrics],
    ["fuel", cost.fuel !== null],
    ["memory", cost.memory !== null],
    ["relations", relations !== null],
    ["stability", unstable !== null],
    ["monitors", monitors.rejectAt !== null],
  ];
  return rules.filter(([, asked]) => asked).map(([name]) => name);
}

import { adoptionProbability } from "../../stats/power/adoption_probability.ts";
import type { PairedTable } from "../../stats/paired_table.ts";
import { sequentialPower } from "../../stats/power/sequential_power.ts";
import { InterimGate } from "../interim_gate.ts";
import type { Policy } from "../policy.ts";
import { rememberingTableStatus, tableStatus } from "../table_rule.ts";
import { agreeing, pairRates, type Truth } from "./truth.ts";

/** How a run is likely to end. The three add up to 1. */
export interface Chances {
  adopt: number;
  reject: number;
  inconclusive: number;
  /** For a sequential policy, the cases until the decision; `null` where all cases are run. */
  cases: { mean: number; median: number; ninetieth: number } | null;
}

/**
 * How a run of `n` cases is likely to end under a policy: exactly where the run has a fixed number of
 * cases, by simulated runs where it may end early. Rules that need more than the paired table are left
 * out.
 *
 * @param n At least 1.
 * @param seed For the simulation: the same one gives the same chances.
 */
export function chances(policy: Policy, n: number, truth: Truth, seed: number): Chances {
  if (policy.sequential !== null) return simulatedChances(policy, n, truth, seed);
  const request = { n, ...agreeing(policy, truth), ...pairRates(truth) };
  const statusOf = rememberingTableStatus(policy);
  const probability = (wanted: "pass" | "fail") =>
    adoptionProbability({
      ...request,
      adopts: (table: PairedTable) => statusOf(table) === wanted,
    }).probability;
  const adopt = probability("pass");
  const reject = probability("fail");
  const rest = 1 - adopt - reject;
  // Less than the rounding of the two is nothing.
  return { adopt, reject, inconclusive: rest > 1e-9 ? rest : 0, cases: null };
}

/** Simulated cases in all: enough for a standard error of a point where a run has up to 20,000. */
const SIMULATED_CASES = 20_000_000;

function simulatedChances(policy: Policy, n: number, truth: Truth, seed: number): Chances {
  const options = { requested: n, clustered: false };
  let gate = new InterimGate(policy, options);
  const decide = (table: PairedTable) => {
    const done = table.both + table.baselineOnly + table.candidateOnly + table.neither;
    // A run begins: a gate serves one.
    if (done === 1) gate = new InterimGate(policy, options);
    if (done >= n) return ENDS[tableStatus(table, policy)];
    const hardViolations = { baseline: 0, candidate: 0 };
    const interim = { requested: n, done, invalid: 0, table, hardViolations };
    const early = gate.decide(interim);
    if (early === undefined) return "continue";
    return early.verdict === "reject" ? "reject" : "adopt";
  };
  const runs = Math.max(200, Math.min(2000, Math.floor(SIMULATED_CASES / n)));
  const played = sequentialPower({
    most: n,
    batch: 1,
    ...pairRates(truth),
    ...agreeing(policy, truth),
    decide,
    runs,
    seed,
  });
  const { mean, median, ninetieth } = played.cases;
  return {
    adopt: played.adopt.share,
    reject: played.reject.share,
    inconclusive: played.undecided.share,
    cases: { mean, median, ninetieth },
  };
}

const ENDS = { pass: "adopt", fail: "reject", undecided: "continue" } as const;

import type { PairedTable } from "../../stats/paired_table.ts";
import { adoptionProbability } from "../../stats/power/adoption_probability.ts";
import { minimumDetectableEffect } from "../../stats/power/minimum_detectable_effect.ts";
import { sampleSize } from "../../stats/power/sample_size.ts";
import type { Policy } from "../policy.ts";
import { rememberingTableStatus } from "../table_rule.ts";
import { agreeing, pairRates, type Truth } from "./truth.ts";

/** What a run is planned to end with. */
export type Goal = "adopt" | "reject";

/** How many cases a run needs. */
export interface CasePlan {
  /** What the truth leads to, given enough cases. */
  goal: Goal;
  /** From here on the goal is reached with the power asked for. */
  n: number;
}

/** The most cases that are planned. */
const MOST_CASES = 1_000_000;

/**
 * How many cases a run needs to end as it should under a policy, with a given probability: adopted if
 * the truth is within what the policy accepts, rejected if it is not.
 *
 * Computed with the rule that decides after the last case. A sequential policy may decide before, and
 * so with a probability that is higher still.
 *
 * @param power Between 0 and 1.
 * @returns `null` where neither is reached with a million cases: the truth lies on the policy's limit.
 */
export function planCases(policy: Policy, truth: Truth, power: number): CasePlan | null {
  const goal = goalOf(policy, truth, power);
  if (goal === undefined) return null;
  const request = { ...requestOf(policy, truth, goal), power, most: MOST_CASES };
  // A sequential rule takes a while, so fewer sizes are tried to see whether the power is kept.
  const planned = sampleSize({ ...request, window: policy.sequential === null ? 200 : 20 });
  return planned && { goal, n: planned.n };
}

function goalOf(policy: Policy, truth: Truth, power: number): Goal | undefined {
  const goals: Goal[] = ["adopt", "reject"];
  return goals.find((goal) =>
    adoptionProbability({ ...requestOf(policy, truth, goal), n: MOST_CASES }).probability >= power
  );
}

/**
 * The least rate of regressions with which a candidate is rejected with the power asked for, if it
 * improves as many cases as assumed. To six digits, from above.
 *
 * @returns `null` where no rate is: too few cases to reject at all.
 */
export function rejectedFrom(
  policy: Policy,
  n: number,
  truth: Truth,
  power: number,
): number | null {
  const isRejected = (regressions: number) => {
    const request = requestOf(policy, { ...truth, regressions }, "reject");
    return adoptionProbability({ ...request, n }).probability >= power;
  };
  let high = truth.passRate;
  if (!isRejected(high)) return null;
  let low = 0;
  while (high - low > 1e-6 * high) {
    const middle = low + (high - low) / 2;
    if (isRejected(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * The least difference of the pass rates, candidate minus baseline, that is adopted with the power
 * asked for, among candidates that disagree with the baseline as often as assumed.
 *
 * @returns `null` where no case disagrees by assumption, or no difference is adopted.
 */
export function adoptedFrom(
  policy: Policy,
  n: number,
  truth: Truth,
  power: number,
): number | null {
  const discordance = truth.regressions + truth.improvements;
  if (discordance === 0) return null;
  const { adopts } = requestOf(policy, truth, "adopt");
  const request = { n, power, discordance, adopts, ...agreeing(policy, truth) };
  return minimumDetectableEffect(request)?.difference ?? null;
}

function requestOf(policy: Policy, truth: Truth, goal: Goal) {
  const wanted = goal === "adopt" ? "pass" : "fail";
  const statusOf = rememberingTableStatus(policy);
  return {
    ...pairRates(truth),
    ...agreeing(policy, truth),
    adopts: (table: PairedTable) => statusOf(table) === wanted,
  };
}

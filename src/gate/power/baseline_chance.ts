import { binomialCdf } from "../../stats/special/binomial.ts";
import type { Policy } from "../policy.ts";
import type { Truth } from "./truth.ts";

/**
 * Probability that the baseline passes as many of `n` cases as the policy wants before it adopts
 * anything: its `baselinePassRate`, and one case at least. Exact: the binomial distribution's upper tail.
 *
 * @param n At least 1.
 */
export function baselineChance(
  { baselinePassRate }: Pick<Policy, "baselinePassRate">,
  n: number,
  { passRate }: Pick<Truth, "passRate">,
): number {
  let least = Math.max(1, Math.floor(baselinePassRate * n));
  // The comparison of the gate's rule, rounding and all.
  while (least < baselinePassRate * n) least++;
  return Math.max(0, 1 - binomialCdf(least - 1, n, passRate));
}

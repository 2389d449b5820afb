import { ln } from "../special/log_exp.ts";
import { normalCdf, normalQuantile } from "../special/normal.ts";

/** How the error that a test may make is spent over its looks. */
export type Spending = "pocock" | "obrien-fleming";

/**
 * The part of `alpha` that may have been spent once a fraction of the planned cases is in.
 *
 * "pocock" is `alpha ln(1 + (e - 1) t)`, nearly even over the looks; "obrien-fleming" is
 * `2 - 2 Phi(z / sqrt(t))` with `z` the normal quantile of `1 - alpha / 2`, which spends next to
 * nothing early and leaves the last look nearly the whole. Both are 0 at 0 and `alpha` at 1.
 * K. K. G. Lan and D. L. DeMets (1983), "Discrete sequential boundaries for clinical trials",
 * Biometrika 70:659-663.
 *
 * @param alpha One-sided error, between 0 and 1.
 * @param fraction Information fraction, in `[0, 1]`.
 */
export function spentAlpha(spending: Spending, alpha: number, fraction: number): number {
  if (fraction <= 0) return 0;
  if (fraction >= 1) return alpha;
  if (spending === "pocock") return alpha * ln(1 + (Math.E - 1) * fraction);
  return 2 * normalCdf(normalQuantile(alpha / 2) / Math.sqrt(fraction));
}

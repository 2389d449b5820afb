import { logGamma } from "../special/gamma.ts";
import { exp } from "../special/log_exp.ts";
import { cohensD } from "./cohens_d.ts";

/**
 * Hedges' g of two independent samples: Cohen's d without its bias in small samples.
 *
 * L. V. Hedges (1981), "Distribution theory for Glass's estimator of effect size and related
 * estimators", Journal of Educational Statistics 6:107-128, equation 6e (the exact factor).
 *
 * @returns `null` where Cohen's d is, and with fewer than four values in all, where the factor is 0.
 */
export function hedgesG(first: Iterable<number>, second: Iterable<number>): number | null {
  const one = [...first];
  const other = [...second];
  const df = one.length + other.length - 2;
  const d = cohensD(one, other);
  return d === null || df < 2 ? null : d * hedgesCorrection(df);
}

/**
 * The factor that takes the bias off Cohen's d: `gamma(m/2) / (sqrt(m/2) gamma((m-1)/2))`.
 *
 * @param df Degrees of freedom `m`, at least 2.
 */
export function hedgesCorrection(df: number): number {
  return exp(logGamma(df / 2) - logGamma((df - 1) / 2)) / Math.sqrt(df / 2);
}

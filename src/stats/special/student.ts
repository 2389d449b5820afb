import cdf from "@stdlib/stats-base-dists-t-cdf";
import quantile from "@stdlib/stats-base-dists-t-quantile";

/** Probability that Student's t with `df` degrees of freedom (any number above 0) is at most `t`. */
export function studentCdf(t: number, df: number): number {
  return cdf(t, df);
}

/** The value that Student's t with `df` degrees of freedom stays below with probability `p`. */
export function studentQuantile(p: number, df: number): number {
  return quantile(p, df);
}

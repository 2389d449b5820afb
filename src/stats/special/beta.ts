import cdf from "@stdlib/stats-base-dists-beta-cdf";
import quantile from "@stdlib/stats-base-dists-beta-quantile";

/** Probability that a beta variable with shapes `alpha` and `beta`, both above 0, is at most `x`. */
export function betaCdf(x: number, alpha: number, beta: number): number {
  return cdf(x, alpha, beta);
}

/** The value that a beta variable with shapes `alpha` and `beta` stays below with probability `p`. */
export function betaQuantile(p: number, alpha: number, beta: number): number {
  return quantile(p, alpha, beta);
}

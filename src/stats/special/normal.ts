import cdf from "@stdlib/stats-base-dists-normal-cdf";
import quantile from "@stdlib/stats-base-dists-normal-quantile";

/** Probability that a standard normal variable is at most `z`. */
export function normalCdf(z: number): number {
  return cdf(z, 0, 1);
}

/**
 * The value that a standard normal variable stays below with probability `p`.
 *
 * @param p In `[0, 1]`; 0 gives `-Infinity` and 1 gives `Infinity`.
 */
export function normalQuantile(p: number): number {
  return quantile(p, 0, 1);
}

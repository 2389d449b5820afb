import * as stdlib from "./stdlib.generated.js";

/** Probability that a beta variable with shapes `alpha` and `beta`, both above 0, is at most `x`. */
export function betaCdf(x: number, alpha: number, beta: number): number {
  return stdlib.betaCdf(x, alpha, beta);
}

/** The value that a beta variable with shapes `alpha` and `beta` stays below with probability `p`. */
export function betaQuantile(p: number, alpha: number, beta: number): number {
  return stdlib.betaQuantile(p, alpha, beta);
}

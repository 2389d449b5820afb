import * as stdlib from "./stdlib.generated.js";

/** Probability that Student's t with `df` degrees of freedom (any number above 0) is at most `t`. */
export function studentCdf(t: number, df: number): number {
  return stdlib.tCdf(t, df);
}

/** The value that Student's t with `df` degrees of freedom stays below with probability `p`. */
export function studentQuantile(p: number, df: number): number {
  return stdlib.tQuantile(p, df);
}

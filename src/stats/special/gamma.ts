import * as stdlib from "./stdlib.generated.js";

/** The natural logarithm of the gamma function's absolute value. */
export function logGamma(x: number): number {
  return stdlib.gammaln(x);
}

import gammaln from "@stdlib/math-base-special-gammaln";

/** The natural logarithm of the gamma function's absolute value. */
export function logGamma(x: number): number {
  return gammaln(x);
}

/** e to the power of x. */
export function exp(x: number): number;
/** e to the power of x, less 1. */
export function expm1(x: number): number;
/** Natural logarithm of the gamma function's absolute value. */
export function gammaln(x: number): number;
/** Natural logarithm. */
export function ln(x: number): number;
/** Natural logarithm of 1 + x. */
export function log1p(x: number): number;
/** Cumulative distribution function of the beta distribution. */
export function betaCdf(x: number, alpha: number, beta: number): number;
/** Quantile function of the beta distribution. */
export function betaQuantile(p: number, alpha: number, beta: number): number;
/** Cumulative distribution function of the normal distribution. */
export function normalCdf(x: number, mean: number, standardDeviation: number): number;
/** Quantile function of the normal distribution. */
export function normalQuantile(p: number, mean: number, standardDeviation: number): number;
/** Cumulative distribution function of Student's t-distribution. */
export function tCdf(x: number, degreesOfFreedom: number): number;
/** Quantile function of Student's t-distribution. */
export function tQuantile(p: number, degreesOfFreedom: number): number;

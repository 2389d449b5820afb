/** A two-sided confidence interval. Both ends are finite and `low <= high`, always. */
export interface Interval {
  low: number;
  high: number;
}

/** Confidence level of every interval that Cupel reports. */
export const CONFIDENCE_LEVEL = 0.95;

/**
 * The 97.5 % quantile of the standard normal distribution: the `z` of two-sided 95 % intervals.
 *
 * A constant, as quantile functions need `log` and `exp`, whose last digits differ by engine.
 */
export const Z_95 = 1.959963984540054;

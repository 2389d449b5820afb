import { assertConfidence } from "../count.ts";
import { CONFIDENCE_LEVEL, Z_95 } from "../interval.ts";
import * as stdlib from "./stdlib.generated.js";

/** Probability that a standard normal variable is at most `z`. */
export function normalCdf(z: number): number {
  return stdlib.normalCdf(z, 0, 1);
}

/**
 * The value that a standard normal variable stays below with probability `p`.
 *
 * @param p In `[0, 1]`; 0 gives `-Infinity` and 1 gives `Infinity`.
 */
export function normalQuantile(p: number): number {
  return stdlib.normalQuantile(p, 0, 1);
}

/**
 * The `z` of two-sided intervals at a confidence level: 1.96 for 0.95.
 *
 * @throws {RangeError} if the level is not between 0 and 1.
 */
export function zOf(confidence: number): number {
  assertConfidence(confidence);
  // The constant is right to the last digit; the quantile function to the last but one.
  return confidence === CONFIDENCE_LEVEL ? Z_95 : normalQuantile((1 + confidence) / 2);
}

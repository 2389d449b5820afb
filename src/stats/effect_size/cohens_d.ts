import { isConstant, type Sample, summarise } from "../sample.ts";
import { standardised } from "./standardised.ts";

/**
 * Cohen's d of two independent samples: the difference of the means, first minus second, over the
 * pooled standard deviation.
 *
 * J. Cohen (1988), "Statistical Power Analysis for the Behavioral Sciences", second edition,
 * equations 2.5.1 and 2.5.2.
 *
 * @returns `null` where a sample is empty or not finite, both have one value, or nothing varies.
 */
export function cohensD(first: Iterable<number>, second: Iterable<number>): number | null {
  const one = summarise(first);
  const other = summarise(second);
  return standardised(differenceOfMeans(one, other), pooledVariance(one, other));
}

/** First mean minus second; `null` where either is unknown. */
export function differenceOfMeans(one: Sample, other: Sample): number | null {
  return one.mean === null || other.mean === null ? null : one.mean - other.mean;
}

function pooledVariance(one: Sample, other: Sample): number | null {
  const df = one.size + other.size - 2;
  const variesNot = (sample: Sample) => sample.size === 1 || isConstant(sample);
  if (df < 1 || (variesNot(one) && variesNot(other))) return null;
  return (sumOfSquares(one) + sumOfSquares(other)) / df;
}

function sumOfSquares({ size, variance }: Sample): number {
  return size === 1 ? 0 : (size - 1) * (variance ?? NaN);
}

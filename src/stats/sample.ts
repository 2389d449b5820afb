/** Size, mean and variance of a sample. */
export interface Sample {
  size: number;
  /** `null` for an empty sample or one with a value that is not finite. */
  mean: number | null;
  /** With `size - 1` below; `null` as well for a sample of one. */
  variance: number | null;
}

/**
 * Summarises a sample in two passes: the mean first, then the squares of the distances from it, with
 * a correction for the mean's rounding.
 *
 * T. F. Chan, G. H. Golub and R. J. LeVeque (1983), "Algorithms for computing the sample variance",
 * The American Statistician 37:242-247, equation 1.7.
 */
export function summarise(values: Iterable<number>): Sample {
  const list = Float64Array.from(values);
  const size = list.length;
  let total = 0;
  for (const value of list) total += value;
  const mean = total / size;
  if (!Number.isFinite(mean)) return { size, mean: null, variance: null };
  let squares = 0;
  let drift = 0;
  for (const value of list) {
    squares += (value - mean) * (value - mean);
    drift += value - mean;
  }
  const variance = Math.max(0, squares - drift * drift / size) / (size - 1);
  return { size, mean, variance: Number.isFinite(variance) ? variance : null };
}

/** Whether all values of a sample are one number, apart from the mean's rounding. */
export function isConstant({ mean, variance }: Sample): boolean {
  if (mean === null || variance === null) return false;
  // A mean is rounded to its last digit, which is what the variance of equal values then consists of.
  return variance <= 1e-28 * mean * mean;
}

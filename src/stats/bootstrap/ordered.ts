/**
 * A quantile of replicates: the one at position `(B + 1) p` of `B` in ascending order, and between
 * two positions the straight line. Outside the first and last it is these.
 *
 * A. C. Davison and D. V. Hinkley (1997), "Bootstrap Methods and their Application", section 5.2.1
 * takes this position; the straight line is type 6 of R. J. Hyndman and Y. Fan (1996), "Sample
 * quantiles in statistical packages", The American Statistician 50:361-365.
 *
 * @param ascending At least one number, sorted.
 * @param p In `[0, 1]`.
 */
export function orderedQuantile(ascending: Float64Array, p: number): number {
  const last = ascending.length;
  const position = Math.min(last, Math.max(1, (last + 1) * p));
  const below = Math.floor(position);
  const low = ascending[below - 1] ?? NaN;
  const high = ascending[Math.min(last, below + 1) - 1] ?? NaN;
  return low + (position - below) * (high - low);
}

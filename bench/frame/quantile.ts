/**
 * The value below which a part of all values is: the nearest rank.
 *
 * @param sorted In ascending order; NaN is returned for none.
 * @param part From 0 to 1.
 */
export function quantile(sorted: readonly number[], part: number): number {
  const rank = Math.max(1, Math.ceil(part * sorted.length));
  return sorted[rank - 1] ?? NaN;
}

/** A difference of means in standard deviations; `null` where there is none to divide by. */
export function standardised(
  difference: number | null,
  variance: number | null,
): number | null {
  if (difference === null || variance === null || variance <= 0) return null;
  const size = difference / Math.sqrt(variance);
  return Number.isFinite(size) ? size : null;
}

/** Sorts everything, then takes the first k. */
export function topK(values: number[], k: number): number[] {
  return [...values].sort((left, right) => right - left).slice(0, k);
}

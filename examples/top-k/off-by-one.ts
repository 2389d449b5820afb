/** Wrong: stops one rank too early. */
export function topK(values: number[], k: number): number[] {
  const sorted = [...values].sort((left, right) => right - left);
  const top: number[] = [];
  for (let rank = 0; rank < Math.min(k, sorted.length) - 1; rank++) {
    top.push(sorted[rank] as number);
  }
  return top;
}

/** Right, but slower than the baseline: bubble sort swaps neighbours until none is out of order. */
export function sort(values: number[]): number[] {
  const sorted = [...values];
  for (let end = sorted.length - 1; end > 0; end--) {
    for (let at = 0; at < end; at++) {
      const left = sorted[at] as number;
      const right = sorted[at + 1] as number;
      if (left <= right) continue;
      sorted[at] = right;
      sorted[at + 1] = left;
    }
  }
  return sorted;
}

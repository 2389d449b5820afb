/** Insertion sort: each value goes before the first one that is larger. Quadratic. */
export function sort(values: number[]): number[] {
  const sorted: number[] = [];
  for (const value of values) {
    let at = 0;
    // Behind the last one there is nothing, and that is not smaller either.
    while ((sorted[at] as number) <= value) at++;
    sorted.splice(at, 0, value);
  }
  return sorted;
}

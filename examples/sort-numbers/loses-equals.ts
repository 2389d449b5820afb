/** Wrong: a quicksort that forgets the values that are equal to its pivot. */
export function sort(values: number[]): number[] {
  const [pivot, ...rest] = values;
  if (pivot === undefined) return [];
  const smaller = rest.filter((value) => value < pivot);
  const larger = rest.filter((value) => value > pivot);
  return [...sort(smaller), pivot, ...sort(larger)];
}

/** Wrong: without a comparison `sort` orders numbers as texts, 10 before 9. */
export function sort(values: number[]): number[] {
  return [...values].sort();
}

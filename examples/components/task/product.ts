/** The product of two whole numbers. */
export function product(one: number, other: number): number {
  return one * other;
}

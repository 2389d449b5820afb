/** Wrong on purpose: a product of 32 bits. */
export function product(one: number, other: number): number {
  return Math.imul(one, other);
}

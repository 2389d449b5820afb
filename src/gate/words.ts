/** "1 case", "2 cases": a number with its noun in the right form. */
export function count(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}

/** A difference of rates in percentage points with its sign: `-0.0125` is "-1.25 points". */
export function points(difference: number): string {
  const value = (difference * 100).toFixed(2);
  return `${difference > 0 ? "+" : ""}${value} points`;
}

/** "1 case", "2 cases": a number with its noun in the right form. */
export function count(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}

/** A difference of rates in percentage points with its sign: `-0.0125` is "-1.25 points". */
export function points(difference: number): string {
  return `${signed(difference)} points`;
}

/** Bounds of a difference in percentage points: "[-4.61, -0.95]". */
export function pointsInterval(low: number, high: number): string {
  return `[${signed(low)}, ${signed(high)}]`;
}

function signed(difference: number): string {
  return `${difference > 0 ? "+" : ""}${(difference * 100).toFixed(2)}`;
}

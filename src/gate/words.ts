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

/** A share or confidence level as a percentage, without zeros at the end: `0.999` is "99.9 %". */
export function percentage(share: number): string {
  return `${Number((share * 100).toFixed(4))} %`;
}

/** A figure of any size in four digits or more: 0.01234, 1.234, 12345. */
export function figure(value: number): string {
  return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
}

/** Bounds in the same figures: "[0.98, 1.021]". */
export function figureInterval(low: number, high: number): string {
  return `[${figure(low)}, ${figure(high)}]`;
}

/** What a correction for many tests gives; both lists in the order of the p-values put in. */
export interface Adjusted {
  /** Adjusted p-values: reject those at or below the level. In `[0, 1]`. */
  adjusted: number[];
  /** Which hypotheses are rejected at the level. */
  rejected: boolean[];
}

/**
 * The p-values' positions, smallest p-value first; equal ones stay in their order.
 *
 * @throws {RangeError} if one is not in `[0, 1]`.
 */
export function ascendingOrder(pValues: readonly number[]): number[] {
  for (const value of pValues) assertShare("p-value", value);
  return pValues
    .map((value, index) => ({ value, index }))
    .sort((one, other) => one.value - other.value || one.index - other.index)
    .map(({ index }) => index);
}

/** The result of a correction whose adjusted p-values are known. */
export function decide(adjusted: number[], level: number): Adjusted {
  assertShare("level", level);
  return { adjusted, rejected: adjusted.map((value) => value <= level) };
}

function assertShare(name: string, value: number): void {
  if (value >= 0 && value <= 1) return;
  throw new RangeError(`Cannot use ${name} as it must be from 0 to 1: current value is ${value}`);
}

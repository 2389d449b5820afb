/**
 * Refuses what is not a count.
 *
 * @throws {RangeError} if `value` is not a whole number of at least 0.
 */
export function assertCount(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw new RangeError(
    `Cannot use ${name} as it must be a whole number of at least 0: current value is ${value}`,
  );
}

/**
 * Refuses what is not a count.
 *
 * @param least The least that is accepted.
 * @throws {RangeError} if `value` is not a whole number of at least `least`.
 */
export function assertCount(name: string, value: number, least: number = 0): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RangeError(
    `Cannot use ${name} as it must be a whole number of at least ${least}: current value is ${value}`,
  );
}

/**
 * Refuses what is no confidence level.
 *
 * @throws {RangeError} if `value` is not between 0 and 1, both excluded.
 */
export function assertConfidence(value: number): void {
  if (value > 0 && value < 1) return;
  throw new RangeError(
    `Cannot use confidence as it must be between 0 and 1, both excluded: current value is ${value}`,
  );
}

/**
 * Refuses what is no seed.
 *
 * @throws {RangeError} if `value` is not an unsigned 32-bit integer.
 */
export function assertSeed(value: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= 0xffffffff) return;
  throw new RangeError(
    `Cannot use seed as it must be a whole number from 0 to 4294967295: current value is ${value}`,
  );
}

/**
 * Refuses what are no successes among trials.
 *
 * @throws {RangeError} if either is not a count, or `passed` is above `total`.
 */
export function assertPassed(passed: number, total: number): void {
  assertCount("passed", passed);
  assertCount("total", total);
  if (passed <= total) return;
  throw new RangeError(
    `Cannot use passed as it must be at most total (${total}): current value is ${passed}`,
  );
}

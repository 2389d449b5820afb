/** How often a pair of results disagrees, for planning. */
export interface PairRates {
  /** Probability that a case regresses: the baseline passes it, the candidate does not. */
  regress: number;
  /** Probability that a case improves: the candidate passes it, the baseline does not. */
  improve: number;
}

/**
 * Refuses what are no rates of pairs.
 *
 * @throws {RangeError} if a rate is outside `[0, 1]`, or both are above 1 together.
 */
export function assertRates({ regress, improve }: PairRates): void {
  assertRate("regress", regress);
  assertRate("improve", improve);
  // A sum such as 0.7 + 0.3 may exceed 1 by rounding.
  if (regress + improve <= 1 + 1e-12) return;
  throw new RangeError(
    "Cannot use regress and improve as they must be at most 1 together: current value is " +
      (regress + improve),
  );
}

function assertRate(name: string, value: number): void {
  if (value >= 0 && value <= 1) return;
  throw new RangeError(
    `Cannot use ${name} as it must be between 0 and 1: current value is ${value}`,
  );
}

/**
 * Refuses what is no power to plan for.
 *
 * @throws {RangeError} if `power` is not between 0 and 1, both excluded.
 */
export function assertPower(power: number): void {
  if (power > 0 && power < 1) return;
  throw new RangeError(
    `Cannot use power as it must be between 0 and 1, both excluded: current value is ${power}`,
  );
}

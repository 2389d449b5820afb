import { type Adjusted, ascendingOrder, decide } from "./family.ts";

/**
 * Holm's step-down correction: holds the chance of any false rejection at the level, however the
 * tests depend on each other.
 *
 * From the smallest p-value up, the i-th of m is multiplied by `m - i + 1`; the first that is not
 * rejected stops it, which the running maximum does: no later one can be adjusted to less.
 *
 * S. Holm (1979), "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
 * Statistics 6:65-70.
 *
 * @param pValues One a hypothesis.
 * @param level The chance of a false rejection that is accepted, such as 0.05.
 * @throws {RangeError} if a p-value or the level is not in `[0, 1]`.
 */
export function holm(pValues: readonly number[], level: number): Adjusted {
  const adjusted = pValues.map(() => 1);
  let largest = 0;
  ascendingOrder(pValues).forEach((index, before) => {
    largest = Math.max(largest, (pValues.length - before) * (pValues[index] ?? 1));
    adjusted[index] = Math.min(1, largest);
  });
  return decide(adjusted, level);
}

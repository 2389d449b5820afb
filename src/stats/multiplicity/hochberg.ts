import { type Adjusted, ascendingOrder, decide } from "./family.ts";

/**
 * Hochberg's step-up correction: rejects at least what Holm's does, and holds the chance of any false
 * rejection for tests that are independent or depend on each other positively.
 *
 * From the largest p-value down, the i-th smallest of m is multiplied by `m - i + 1`; the first that
 * is rejected takes all smaller ones with it.
 *
 * Y. Hochberg (1988), "A sharper Bonferroni procedure for multiple tests of significance",
 * Biometrika 75:800-802.
 *
 * @param pValues One a hypothesis.
 * @param level The chance of a false rejection that is accepted, such as 0.05.
 * @throws {RangeError} if a p-value or the level is not in `[0, 1]`.
 */
export function hochberg(pValues: readonly number[], level: number): Adjusted {
  const adjusted = pValues.map(() => 1);
  let smallest = 1;
  ascendingOrder(pValues).reverse().forEach((index, above) => {
    smallest = Math.min(smallest, (above + 1) * (pValues[index] ?? 1));
    adjusted[index] = smallest;
  });
  return decide(adjusted, level);
}

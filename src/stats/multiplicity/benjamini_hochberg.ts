import { type Adjusted, ascendingOrder, decide } from "./family.ts";

/**
 * Benjamini and Hochberg's step-up correction: holds the expected share of false rejections among
 * the rejections, for tests that are independent or depend on each other positively. Weaker than
 * Holm's: for looking, not for gating.
 *
 * Y. Benjamini and Y. Hochberg (1995), "Controlling the false discovery rate: a practical and
 * powerful approach to multiple testing", Journal of the Royal Statistical Society B 57:289-300.
 *
 * @param pValues One a hypothesis.
 * @param level The share of false rejections that is accepted, such as 0.05.
 * @throws {RangeError} if a p-value or the level is not in `[0, 1]`.
 */
export function benjaminiHochberg(pValues: readonly number[], level: number): Adjusted {
  const adjusted = pValues.map(() => 1);
  const count = pValues.length;
  let smallest = 1;
  ascendingOrder(pValues).reverse().forEach((index, above) => {
    smallest = Math.min(smallest, (count / (count - above)) * (pValues[index] ?? 1));
    adjusted[index] = smallest;
  });
  return decide(adjusted, level);
}

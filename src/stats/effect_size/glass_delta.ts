import { isConstant, summarise } from "../sample.ts";
import { differenceOfMeans } from "./cohens_d.ts";
import { standardised } from "./standardised.ts";

/**
 * Glass's delta: the difference of the means, candidate minus baseline, over the baseline's standard
 * deviation; for when the change may alter the spread too.
 *
 * G. V. Glass (1976), "Primary, secondary, and meta-analysis of research", Educational Researcher
 * 5(10):3-8.
 *
 * @returns `null` where a sample is empty or not finite, or the baseline does not vary.
 */
export function glassDelta(
  candidate: Iterable<number>,
  baseline: Iterable<number>,
): number | null {
  const control = summarise(baseline);
  if (isConstant(control)) return null;
  return standardised(differenceOfMeans(summarise(candidate), control), control.variance);
}

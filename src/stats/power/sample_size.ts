import { assertCount } from "../count.ts";
import { adoptionProbability, type AdoptionRequest } from "./adoption_probability.ts";
import { leastWhere } from "./least_where.ts";
import { assertPower } from "./pair_rates.ts";

/** What has to be known to say how many cases a run needs. */
export interface SampleSizeRequest extends Omit<AdoptionRequest, "n"> {
  /** The probability that the rule shall hold with, between 0 and 1. */
  power: number;
  /** The most cases that are tried; 1,000,000 by default. */
  most?: number;
  /** How many further sizes have to hold the power too; 200 by default. */
  window?: number;
}

/** How many cases a run needs. */
export interface SampleSize {
  n: number;
  /** The rule's probability with `n` cases. */
  power: number;
  /** Every size from `n` to this one holds the power. */
  heldTo: number;
}

/**
 * The least number of cases from which on a rule holds with the power asked for.
 *
 * Power is a saw-tooth in the number of cases: one case more can ask for one improvement more. So
 * every size from `n` to `heldTo` has been computed and holds the power, and the size `n - 1` does
 * not. As each size is computed with the rule that is applied, there is no approximation in it.
 *
 * @returns `null` if no size up to `most` was found that holds the power and keeps it: it is never
 *   reached, or it falls again, as that of "no regression at all" does, or it hovers around what was
 *   asked for.
 * @throws {RangeError} as {@linkcode adoptionProbability}, or if `power`, `most` or `window` is out of
 *   range.
 */
export function sampleSize(request: SampleSizeRequest): SampleSize | null {
  const { power, most = 1_000_000, window = 200 } = request;
  assertPower(power);
  assertCount("most", most, 1);
  assertCount("window", window);
  const reached = (n: number) => adoptionProbability({ ...request, n }).probability;
  const holds = (n: number) => reached(n) >= power;

  let from = nextCrossing(holds, 0, most);
  for (let round = 0; from !== null && round < MOST_ROUNDS; round++) {
    const heldTo = Math.min(most, from + window);
    const dip = lastDip(holds, from, heldTo);
    if (dip === null) return { n: from, power: reached(from), heldTo };
    from = nextCrossing(holds, dip, most);
  }
  return null;
}

/** A power that goes up and down more often than this hovers where it was asked for. */
const MOST_ROUNDS = 100;

/**
 * A size that holds where the one before does not, after one that does not: looked for in growing
 * steps, then by bisection.
 */
function nextCrossing(
  holds: (n: number) => boolean,
  failing: number,
  most: number,
): number | null {
  let below = failing;
  for (let step = 1; below < most; step = Math.ceil(step * 1.5)) {
    const tried = Math.min(below + step, most);
    if (holds(tried)) return leastWhere(holds, below, tried, Math.floor((below + tried) / 2));
    below = tried;
  }
  return null;
}

/** The last size up to `heldTo` that does not hold, from the end; `null` if all do. */
function lastDip(holds: (n: number) => boolean, from: number, heldTo: number): number | null {
  for (let n = heldTo; n > from; n--) if (!holds(n)) return n;
  return null;
}

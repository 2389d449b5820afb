import { adoptionProbability, type AdoptionRequest } from "./adoption_probability.ts";
import { assertPower } from "./pair_rates.ts";

/** What has to be known to say which difference a run can show. */
export interface DetectableRequest extends Omit<AdoptionRequest, "regress" | "improve"> {
  /** The probability that the rule shall hold with, between 0 and 1. */
  power: number;
  /** Probability that a pair of results disagrees at all: regressions plus improvements. */
  discordance: number;
}

/** The least difference that a rule holds for with the power asked for. */
export interface DetectableEffect {
  /** Candidate minus baseline; below 0 where the rule lets a slightly worse candidate pass. */
  difference: number;
  /** The rule's probability at this difference. */
  power: number;
}

/**
 * The least true difference (candidate minus baseline) at which a rule that favours the candidate
 * holds with the power asked for, among candidates that disagree with the baseline in a given share
 * of the cases.
 *
 * @returns The difference, from above to within a millionth of the discordance; `null` if even a
 *   candidate whose every disagreement is an improvement falls short.
 * @throws {RangeError} as {@linkcode adoptionProbability}, or if `power` is out of range.
 */
export function minimumDetectableEffect(request: DetectableRequest): DetectableEffect | null {
  const { power, discordance } = request;
  assertPower(power);
  const reached = (difference: number) =>
    adoptionProbability({
      ...request,
      regress: (discordance - difference) / 2,
      improve: (discordance + difference) / 2,
    }).probability;

  let high = discordance;
  if (reached(high) < power) return null;
  let low = -discordance;
  if (reached(low) >= power) return { difference: low, power: reached(low) };
  while (high - low > RESOLUTION * discordance) {
    const middle = low + (high - low) / 2;
    if (reached(middle) >= power) high = middle;
    else low = middle;
  }
  return { difference: high, power: reached(high) };
}

const RESOLUTION = 1e-6;

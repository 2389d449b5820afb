/** The likely values of a binomial variable with their probabilities. */
export interface BinomialWeights {
  /** The value of the first entry; the others follow one by one. */
  first: number;
  probabilities: Float64Array;
  /** At most this probability lies outside. */
  missing: number;
}

/** Values of less than this share of the likeliest one's probability are left out at either end. */
const NEGLIGIBLE = 1e-16;

/**
 * All values that `trials` trials with success rate `rate` are likely to give.
 *
 * Built from the likeliest value outwards by the ratio of neighbours and scaled to a sum of 1, so that
 * no logarithm of a factorial loses digits, however many trials there are.
 */
export function binomialWeights(trials: number, rate: number): BinomialWeights {
  if (rate <= 0) return { first: 0, probabilities: Float64Array.of(1), missing: 0 };
  if (rate >= 1) return { first: trials, probabilities: Float64Array.of(1), missing: 0 };
  const mode = Math.min(trials, Math.floor((trials + 1) * rate));
  const odds = rate / (1 - rate);
  const below = fallFrom(mode, (step) => (mode - step) / ((trials - mode + step + 1) * odds));
  const above = fallFrom(
    trials - mode,
    (step) => ((trials - mode - step) * odds) / (mode + step + 1),
  );
  const probabilities = Float64Array.from([...below.weights.toReversed(), 1, ...above.weights]);
  let sum = 0;
  for (const weight of probabilities) sum += weight;
  for (let index = 0; index < probabilities.length; index++) {
    probabilities[index] = (probabilities[index] ?? 0) / sum;
  }
  const missing = (below.missing + above.missing) / sum;
  return { first: mode - below.weights.length, probabilities, missing };
}

/**
 * Weights beside the likeliest value's, which counts as 1, up to the first that is negligible.
 *
 * @param steps How many values there are on this side.
 * @param ratio Weight of the value `step + 1` away over that of the value `step` away; it falls.
 */
function fallFrom(
  steps: number,
  ratio: (step: number) => number,
): { weights: number[]; missing: number } {
  const weights: number[] = [];
  let weight = 1;
  for (let step = 0; step < steps; step++) {
    const factor = ratio(step);
    weight *= factor;
    // Ratios fall from here on, so the rest is less than a geometric series.
    if (weight < NEGLIGIBLE) return { weights, missing: weight / (1 - factor) };
    weights.push(weight);
  }
  return { weights, missing: 0 };
}

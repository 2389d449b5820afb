import { normalQuantile } from "../special/normal.ts";
import { assertPower, assertRates, type PairRates } from "./pair_rates.ts";

/** Error and power that the closed forms plan for. */
export interface PlannedErrors {
  /** One-sided error, in (0, 1/2): 0.025 for the lower end of a two-sided 95 % interval. */
  alpha: number;
  /** Probability of showing what is true, in [1/2, 1). */
  power: number;
}

/**
 * Number of pairs to show with McNemar's test that one arm is better, in closed form:
 * `((z_a sqrt(p) + z_b sqrt(p - d^2)) / d)^2` with `p` the share that disagrees and `d` the difference.
 *
 * R. J. Connor (1987), "Sample size for testing differences in proportions for the paired-sample
 * design", Biometrics 43:207-211. A quick check of {@linkcode sampleSize}, which is exact.
 *
 * @returns A whole number of pairs.
 * @throws {RangeError} if an argument is out of range, or the rates are equal.
 */
export function mcnemarSampleSize(request: PairRates & PlannedErrors): number {
  assertRates(request);
  const { regress, improve } = request;
  const difference = Math.abs(improve - regress);
  assertApart(difference);
  const discordance = regress + improve;
  const { first, second } = quantiles(request);
  const reach = first * Math.sqrt(discordance) +
    second * Math.sqrt(discordance - difference * difference);
  return Math.ceil((reach / difference) * (reach / difference));
}

/**
 * Number of pairs to show with Tango's score test that the candidate is worse by less than a margin,
 * in closed form: `((z_a sqrt(v0) + z_b sqrt(v1)) / (d + margin))^2`, where `v1` is the variance of a
 * pair's difference and `v0` what the test takes for it at `-margin`.
 *
 * J.-M. Nam (1997), "Establishing equivalence of two treatments and sample size requirements in
 * matched-pairs design", Biometrics 53:1422-1430; J.-P. Liu, H.-M. Hsueh, E. Hsieh and J. J. Chen
 * (2002), "Tests for equivalence or non-inferiority for paired binary data", Statistics in Medicine
 * 21:231-245. Too few pairs where hardly any disagree: {@linkcode sampleSize} is exact.
 *
 * @param margin At least 0, below 1.
 * @returns A whole number of pairs.
 * @throws {RangeError} if an argument is out of range, or the candidate is worse by the margin or more.
 */
export function nonInferioritySampleSize(
  request: PairRates & PlannedErrors & { margin: number },
): number {
  assertRates(request);
  const { regress, improve, margin } = request;
  if (!(margin >= 0 && margin < 1)) {
    throw new RangeError(
      `Cannot use margin as it must be at least 0 and below 1: current value is ${margin}`,
    );
  }
  const difference = improve - regress;
  assertApart(difference + margin);
  const { first, second } = quantiles(request);
  const variance = Math.max(0, regress + improve - difference * difference);
  const reach = first * Math.sqrt(varianceAtMargin(request, margin)) +
    second * Math.sqrt(variance);
  const root = reach / (difference + margin);
  return Math.ceil(root * root);
}

/**
 * What the score test takes for the variance of a pair's difference if that is `-margin`: the limit of
 * the restricted maximum-likelihood estimate as pairs come in at the given rates. T. Tango (1998),
 * Statistics in Medicine 17:891-908, equations 21 to 23.
 */
function varianceAtMargin({ regress, improve }: PairRates, margin: number): number {
  // The improvements' rate `q` solves `2 q^2 + b q = c`; regressions come at `q + margin`.
  const b = margin * (2 + improve - regress) - regress - improve;
  const c = improve * margin * (1 - margin);
  const improvements = (Math.sqrt(b * b + 8 * c) - b) / 4;
  return 2 * improvements + margin * (1 - margin);
}

/**
 * Number of cases to show that a mean difference is above `-margin`, in closed form:
 * `((z_a + z_b) s / (d + margin))^2 + z_a^2 / 2`.
 *
 * The last term makes up for the t distribution: W. C. Guenther (1981), "Sample size formulas for
 * normal theory t tests", The American Statistician 35:243-244.
 *
 * @param difference The true mean of the differences, better being larger.
 * @param margin At least 0, in the same unit; 0 to show a difference.
 * @param deviation Standard deviation of the differences, above 0.
 * @returns A whole number of cases, at least 2.
 * @throws {RangeError} if an argument is out of range, or `difference` is not above `-margin`.
 */
export function meanSampleSize(
  request: PlannedErrors & { difference: number; margin: number; deviation: number },
): number {
  const { difference, margin, deviation } = request;
  if (!(margin >= 0 && margin < Infinity)) {
    throw new RangeError(
      `Cannot use margin as it must be a number of at least 0: current value is ${margin}`,
    );
  }
  if (!(deviation > 0 && deviation < Infinity)) {
    throw new RangeError(
      `Cannot use deviation as it must be a number above 0: current value is ${deviation}`,
    );
  }
  assertApart(difference + margin);
  const { first, second } = quantiles(request);
  const root = ((first + second) * deviation) / (difference + margin);
  return Math.max(2, Math.ceil(root * root + (first * first) / 2));
}

/** Normal quantiles of error and power. */
function quantiles({ alpha, power }: PlannedErrors): { first: number; second: number } {
  if (!(alpha > 0 && alpha < 0.5)) {
    throw new RangeError(
      "Cannot use alpha as it must be between 0 and 0.5, both excluded: current value is " + alpha,
    );
  }
  assertPower(power);
  if (power < 0.5) {
    throw new RangeError(
      `Cannot use power as a closed form needs at least 0.5: current value is ${power}`,
    );
  }
  return { first: -normalQuantile(alpha), second: normalQuantile(power) };
}

function assertApart(distance: number): void {
  if (distance > 0 && distance < Infinity) return;
  throw new RangeError(
    "Cannot use difference as it must lie above what is to be ruled out: current value is " +
      `${distance} above it`,
  );
}

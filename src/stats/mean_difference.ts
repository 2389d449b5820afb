import {
  type BootstrapInterval,
  bootstrapInterval,
  type BootstrapRequest,
} from "./bootstrap/interval.ts";

/** A metric's value of both arms, one number a case. */
export interface MeanDifferenceRequest extends Omit<BootstrapRequest, "columns" | "statistic"> {
  candidate: Float64Array;
  /** Of the same cases in the same order. */
  baseline: Float64Array;
  /** `mean`: the difference for one case; `sum`: over as many cases as there are. */
  of: "mean" | "sum";
}

/**
 * The difference of a metric between the arms, candidate minus baseline, with a bootstrap interval
 * of the cases' differences: B. Efron and R. J. Tibshirani (1993), "An Introduction to the
 * Bootstrap", chapter 8, paired data as one sample of pairs.
 *
 * A sum's interval is the mean's times the number of cases, as that number is no random one: in a
 * cluster bootstrap, resamples have different numbers of cases.
 *
 * @returns `null` as the estimate without cases or where a number is not finite; see
 *   {@linkcode bootstrapInterval} for the bounds.
 * @throws {RangeError} if the arms have different numbers of cases, or an option is out of range.
 */
export function meanDifference(request: MeanDifferenceRequest): BootstrapInterval {
  const { candidate, baseline, of, ...options } = request;
  const factor = of === "sum" ? candidate.length : 1;
  return bootstrapInterval({
    ...options,
    columns: [pairedDifferences(candidate, baseline)],
    statistic: (totals) => (totals[0] ?? NaN) / (totals[1] ?? NaN) * factor,
  });
}

/**
 * Candidate minus baseline of each case.
 *
 * @throws {RangeError} if the arms have different numbers of cases.
 */
export function pairedDifferences(candidate: Float64Array, baseline: Float64Array): Float64Array {
  if (candidate.length !== baseline.length) {
    throw new RangeError(
      `Cannot use baseline as it must have as many numbers as candidate (${candidate.length}): ` +
        `current value has ${baseline.length}`,
    );
  }
  return candidate.map((value, index) => value - (baseline[index] ?? NaN));
}

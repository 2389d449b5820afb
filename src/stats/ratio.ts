import {
  type BootstrapInterval,
  bootstrapInterval,
  type BootstrapRequest,
} from "./bootstrap/interval.ts";

/** What both arms spent, one number a case. */
export interface RatioRequest extends Omit<BootstrapRequest, "columns" | "statistic"> {
  candidate: Float64Array;
  /** Of the same cases in the same order. */
  baseline: Float64Array;
}

/**
 * The candidate's total over the baseline's, with a bootstrap interval that keeps each case's two
 * numbers together: for fuel, memory and other amounts. Below 1 the candidate spends less.
 *
 * A ratio of totals and not a mean of ratios: it says what a workload of such cases costs, and small
 * cases have small weight. The estimator and its paired bootstrap: A. C. Davison and D. V. Hinkley
 * (1997), "Bootstrap Methods and their Application", example 1.2 (city population data).
 *
 * @returns `null` as the estimate where the baseline spent nothing or a number is not finite; see
 *   {@linkcode bootstrapInterval} for the bounds. With `whenConstant: "exact"`, one ratio common to
 *   all cases is a certain one.
 * @throws {RangeError} if the arms have different numbers of cases, or an option is out of range.
 */
export function ratioOfTotals(request: RatioRequest): BootstrapInterval {
  const { candidate, baseline, ...options } = request;
  return bootstrapInterval({
    ...options,
    columns: [candidate, baseline],
    statistic: (totals) => (totals[0] ?? NaN) / (totals[1] ?? NaN),
  });
}

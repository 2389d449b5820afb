import { normalCdf, normalQuantile } from "../special/normal.ts";
import { acceleration } from "./jackknife.ts";
import type { BootstrapMethod } from "./method.ts";
import { orderedQuantile } from "./ordered.ts";

/**
 * The BCa interval (bias-corrected and accelerated): percentiles moved for the replicates' bias and
 * for a standard error that changes with the value.
 *
 * B. Efron (1987), "Better bootstrap confidence intervals", Journal of the American Statistical
 * Association 82:171-185; in the form of Efron and Tibshirani (1993), equations 14.9, 14.10, 14.14.
 * Of replicates that equal the estimate, half count as below it, so that a statistic with few
 * different values is not taken for a biased one.
 *
 * It has no interval where all replicates lie on one side of the estimate, where a jackknife value is
 * not finite, or where the correction has no solution.
 */
export const bca: BootstrapMethod = {
  name: "bca",
  interval: ({ estimate, ascending, confidence, jackknife }) => {
    const bias = normalQuantile(shareBelow(ascending, estimate));
    if (!Number.isFinite(bias)) return null;
    const values = jackknife();
    if (!values) return null;
    const factor = acceleration(values);
    const low = correctedLevel(normalQuantile((1 - confidence) / 2), bias, factor);
    const high = correctedLevel(normalQuantile((1 + confidence) / 2), bias, factor);
    if (low === null || high === null) return null;
    return { low: orderedQuantile(ascending, low), high: orderedQuantile(ascending, high) };
  },
};

/** Share of the replicates below the estimate, equal ones by half. */
function shareBelow(ascending: Float64Array, estimate: number): number {
  let below = 0;
  for (const value of ascending) {
    if (value < estimate) below += 1;
    else if (value === estimate) below += 0.5;
  }
  return below / ascending.length;
}

/** Equation 14.10: the percentile to take in place of the normal quantile `z`'s own. */
function correctedLevel(z: number, bias: number, factor: number): number | null {
  const shifted = bias + z;
  const divisor = 1 - factor * shifted;
  if (!(divisor > 0)) return null;
  return normalCdf(bias + shifted / divisor);
}

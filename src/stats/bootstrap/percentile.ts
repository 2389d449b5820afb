import type { BootstrapMethod } from "./method.ts";
import { orderedQuantile } from "./ordered.ts";

/**
 * The percentile interval: the middle part of the replicates.
 *
 * B. Efron and R. J. Tibshirani (1993), "An Introduction to the Bootstrap", section 13.3.
 */
export const percentile: BootstrapMethod = {
  name: "percentile",
  interval: ({ ascending, confidence }) => {
    const tail = (1 - confidence) / 2;
    return { low: orderedQuantile(ascending, tail), high: orderedQuantile(ascending, 1 - tail) };
  },
};

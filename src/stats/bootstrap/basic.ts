import type { BootstrapMethod } from "./method.ts";
import { percentile } from "./percentile.ts";

/**
 * The basic interval: the percentile interval mirrored at the estimate, as what is known of the
 * error's spread is read off the replicates' distance from the estimate.
 *
 * A. C. Davison and D. V. Hinkley (1997), "Bootstrap Methods and their Application", equation 5.6.
 */
export const basic: BootstrapMethod = {
  name: "basic",
  interval: (evidence) => {
    const middle = percentile.interval(evidence);
    if (!middle) return null;
    const { estimate } = evidence;
    return { low: 2 * estimate - middle.high, high: 2 * estimate - middle.low };
  },
};

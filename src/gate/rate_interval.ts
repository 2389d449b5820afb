import type { Interval } from "../stats/interval.ts";
import { wilsonInterval } from "../stats/wilson.ts";
import { zOf } from "../stats/special/normal.ts";

import type { ClusterEvidence } from "./evidence.ts";

/**
 * The Wilson interval of a rate over the judged cases.
 *
 * Where cases depend on each other within clusters, each cluster counts as one observation with the
 * same rate, as if its cases were all alike: the widest the dependence can make the interval for
 * clusters of one size. The number of such observations is rounded outwards.
 *
 * @param hits Cases that count, `0..judged`.
 * @param judged At least 1.
 * @throws {RangeError} if the counts are not counts, or `hits` is above `judged`.
 */
export function rateInterval(
  hits: number,
  judged: number,
  clusters: ClusterEvidence | null,
  confidence: number,
): Interval {
  const z = zOf(confidence);
  if (clusters === null) return wilsonInterval(hits, judged, z);
  const units = Math.max(1, Math.min(clusters.count, judged));
  const exact = hits * units / judged;
  return {
    low: wilsonInterval(Math.floor(exact), units, z).low,
    high: wilsonInterval(Math.ceil(exact), units, z).high,
  };
}

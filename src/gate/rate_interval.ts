import type { Interval } from "../stats/interval.ts";
import { wilsonInterval } from "../stats/wilson.ts";
import { zOf } from "../stats/special/normal.ts";

import type { ClusterEvidence } from "./evidence.ts";

/**
 * The Wilson interval of a rate over the judged cases.
 *
 * Where cases depend on each other within clusters, a cluster counts as one observation with the same
 * rate, as if its cases were all alike: the widest the dependence can make the interval. There are as
 * many such observations as clusters of the size that a case meets on average (L. Kish (1965), "Survey
 * Sampling"), so that many small clusters beside a large one do not count as much as it. Hits and
 * observations are rounded outwards.
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
  const units = Math.max(1, Math.floor(judged / clusters.size));
  const exact = hits * units / judged;
  return {
    low: wilsonInterval(Math.floor(exact), units, z).low,
    high: wilsonInterval(Math.ceil(exact), units, z).high,
  };
}

import { CONFIDENCE_LEVEL } from "./interval.ts";
import { meanClusterSize } from "./design_effect.ts";
import { newcombeOfTrials } from "./newcombe_independent.ts";
import { type Sample, summarise } from "./sample.ts";
import { zOf } from "./special/normal.ts";
import { welchOfSamples } from "./welch.ts";

/** The values of a metric for one group of cases. */
export interface Group {
  label: string;
  /** One number a case. */
  values: Float64Array;
  /** The cluster of each case, where cases depend on each other within clusters. */
  clusters?: Uint32Array;
}

/** How far apart the groups with the largest and the smallest mean are. */
export interface GroupGap {
  /** Largest mean minus smallest, at least 0; `null` with fewer than two groups that have cases. */
  estimate: number | null;
  /** At least 0. Both bounds or neither; a gap of rates has always both. */
  low: number | null;
  high: number | null;
  /** Labels of the groups with the largest and the smallest mean, the first of equals. */
  highest: string | null;
  lowest: string | null;
  /** How two groups are compared: `newcombe-1998` where all values are 0 or 1, else `welch-1947`. */
  method: "newcombe-1998" | "welch-1947";
}

/**
 * The gap of a metric between groups, for fairness: the largest group mean minus the smallest.
 *
 * Which two groups are the extreme ones is itself read off the data, so all pairs of groups get an
 * interval, each at an error divided by the number of pairs (Bonferroni; O. J. Dunn (1961), "Multiple
 * comparisons among means", Journal of the American Statistical Association 56:52-64). All of them
 * hold together at the confidence level, and then the gap lies between the largest of the lower bounds
 * and the largest of the upper ones. Groups without cases are left out.
 *
 * Where cases have clusters, all of a cluster may be one observation: a group counts as as many cases as
 * it has clusters of the size that a case meets on average. That is the widest the dependence can make
 * the interval.
 *
 * Two groups of rates are compared by Newcombe's interval, others by Welch's, which knows nothing of
 * groups of one case nor of two groups without variation: then there are no bounds.
 *
 * @throws {RangeError} if the confidence is not between 0 and 1.
 */
export function groupGap(
  groups: readonly Group[],
  confidence: number = CONFIDENCE_LEVEL,
): GroupGap {
  const filled = groups.filter(({ values }) => values.length > 0);
  const areRates = filled.every(({ values }) =>
    values.every((value) => value === 0 || value === 1)
  );
  const method = areRates ? "newcombe-1998" : "welch-1947";
  const pairs = Math.max(1, filled.length * (filled.length - 1) / 2);
  const each = 1 - (1 - confidence) / pairs;
  const compare = areRates ? compareRates(zOf(each)) : compareMeans(each);
  const extremes = extremesOf(filled);
  if (filled.length < 2 || !extremes) {
    const [low, high] = areRates ? [0, 1] : [null, null];
    return { estimate: null, low, high, highest: null, lowest: null, method };
  }
  return { ...extremes, ...boundsOf(filled, compare), method };
}

/** The difference of two groups' means, first minus second; `null` for what is unknown. */
type Compare = (first: Group, second: Group) => {
  low: number | null;
  high: number | null;
};

function compareRates(z: number): Compare {
  const share = (group: Group) => {
    const size = clusterSizeOf(group);
    const passed = group.values.reduce((sum, value) => sum + value, 0);
    return { passed: passed / size, total: group.values.length / size };
  };
  return (first, second) => newcombeOfTrials(share(first), share(second), z);
}

function compareMeans(confidence: number): Compare {
  return (first, second) => welchOfSamples(sampleOf(first), sampleOf(second), confidence);
}

/** A group's mean and variance, over as many independent cases as its clusters are worth. */
function sampleOf(group: Group): Sample {
  const { size: cases, mean, variance } = summarise(group.values);
  const size = clusterSizeOf(group);
  if (variance === null || size === 1) return { size: cases, mean, variance };
  // Of cases that are copies of each other the variance divides by too much.
  const spread = cases > size ? variance * (cases - 1) / (cases - size) : null;
  return { size: cases / size, mean, variance: spread };
}

function clusterSizeOf({ clusters }: Group): number {
  if (clusters === undefined) return 1;
  const sizes = new Map<number, number>();
  for (const cluster of clusters) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  return meanClusterSize(sizes.values());
}

function extremesOf(
  groups: readonly Group[],
): Pick<GroupGap, "estimate" | "highest" | "lowest"> | null {
  const means: { label: string; mean: number }[] = [];
  for (const { label, values } of groups) {
    const { mean } = summarise(values);
    if (mean === null) return null;
    means.push({ label, mean });
  }
  const [first] = means;
  if (!first) return null;
  let highest = first;
  let lowest = first;
  for (const group of means) {
    if (group.mean > highest.mean) highest = group;
    if (group.mean < lowest.mean) lowest = group;
  }
  const estimate = highest.mean - lowest.mean;
  return { estimate, highest: highest.label, lowest: lowest.label };
}

/** The largest lower and the largest upper bound of all pairs, either way round. */
function boundsOf(groups: readonly Group[], compare: Compare): Pick<GroupGap, "low" | "high"> {
  let low = 0;
  let high = 0;
  for (const [index, first] of groups.entries()) {
    for (const second of groups.slice(index + 1)) {
      const bounds = compare(first, second);
      if (bounds.low === null || bounds.high === null) return { low: null, high: null };
      low = Math.max(low, bounds.low, -bounds.high);
      high = Math.max(high, bounds.high, -bounds.low);
    }
  }
  return { low, high };
}

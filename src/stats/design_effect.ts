import { assertCount } from "./count.ts";
import { type PairedTable, tableTotal } from "./paired_table.ts";

/** The cases of a table by cluster: two lists of one length, in the same order. */
export interface ClusterSums {
  /** Of each cluster, the cases that only the candidate passes less those that only the baseline does. */
  differences: Iterable<number>;
  /** Of each cluster, its number of cases; a cluster without cases counts for nothing. */
  sizes: Iterable<number>;
}

/**
 * How many times more the paired difference of the pass rates varies because cases come in clusters,
 * than it would if all were independent.
 *
 * The variance of the ratio estimator over clusters, over the variance of independent pairs:
 * J. N. K. Rao and A. J. Scott (1992), "A simple method for the analysis of clustered binary data",
 * Biometrics 48:577-585, section 2, with candidate minus baseline (-1, 0 or
 * 1) as the observation.
 *
 * It is never below 1: clusters that seem to help would make the interval narrower on the strength of
 * an estimated variance. Where nothing varies, and where there is a single cluster, the data say
 * nothing of the dependence and all of a cluster may be one observation: the effect is then the
 * cluster size, as a case meets it on average (`sum of squares / sum`; L. Kish (1965), "Survey
 * Sampling", at an intraclass correlation of 1). For equal clusters that is their size,
 * for a single one the number of cases.
 *
 * For an interval take {@linkcode cautiousDesignEffect}, which does not trust a few pairs.
 *
 * @returns A finite number of at least 1; 1 for a table without cases.
 * @throws {RangeError} if sizes are not counts, a difference is larger than its cluster, or they do
 *   not add up to the table.
 */
export function designEffect(table: PairedTable, clusters: ClusterSums): number {
  const { independent, clustered, size } = spreadOf(table, clusters);
  if (independent === 0 || clustered === null) return size;
  return Math.max(1, clustered / independent);
}

/**
 * The design effect with one more cluster, of the size that a case meets on average, in which the arms
 * disagree on every case in the same direction.
 *
 * The estimate alone is the cluster size where no pair disagrees, and falls to 1 with the first pair
 * that disagrees by itself, as if that one pair showed that cases are independent. But clusters that
 * break as a whole may just be so rare that none was seen: the interval would be too narrow by the
 * root of the cluster size. The added cluster makes the effect fall from the cluster size no faster
 * than pairs that disagree come in, and weighs nothing where there are many. It is for the variance
 * what z²/2 added successes and failures are for a rate: A. Agresti and B. A. Coull (1998),
 * "Approximate is better than exact for interval estimation of binomial proportions", The American
 * Statistician 52:119-126. What it does to the error rates is in docs/statistics.md.
 *
 * @returns Between 1 and the larger of the estimate and the cluster size.
 * @throws {RangeError} as {@linkcode designEffect} does.
 */
export function cautiousDesignEffect(table: PairedTable, clusters: ClusterSums): number {
  const { independent, clustered, size } = spreadOf(table, clusters);
  if (clustered === null) return size;
  return Math.max(1, (clustered + size * size) / (independent + size));
}

/**
 * The cluster size that a case meets on average: `sum of squares / sum`. 1 without cases.
 */
export function meanClusterSize(sizes: Iterable<number>): number {
  let total = 0;
  let squares = 0;
  for (const size of sizes) {
    total += size;
    squares += size * size;
  }
  return total === 0 ? 1 : squares / total;
}

/** Sums of squares of the paired differences around their mean. */
interface Spread {
  /** Over cases; exactly 0 where all pairs are alike: tied, or all discordant the same way. */
  independent: number;
  /** Over clusters, with the factor for an estimated mean; `null` for fewer than two clusters. */
  clustered: number | null;
  /** The cluster size that a case meets on average. */
  size: number;
}

function spreadOf(table: PairedTable, clusters: ClusterSums): Spread {
  const cases = tableTotal(table);
  const { candidateOnly, baselineOnly } = table;
  const pairs = zip(clusters);
  assertTotals(table, cases, pairs);
  const size = meanClusterSize(pairs.map((pair) => pair.size));
  if (cases === 0) return { independent: 0, clustered: null, size };
  const mean = (candidateOnly - baselineOnly) / cases;
  let count = 0;
  let squares = 0;
  for (const pair of pairs) {
    if (pair.size === 0) continue;
    count += 1;
    const residual = pair.difference - mean * pair.size;
    squares += residual * residual;
  }
  const alike = candidateOnly + baselineOnly === 0 || Math.abs(mean) === 1;
  const independent = alike ? 0 : candidateOnly + baselineOnly - mean * mean * cases;
  return { independent, clustered: count < 2 ? null : count / (count - 1) * squares, size };
}

interface Cluster {
  difference: number;
  size: number;
}

function zip({ differences, sizes }: ClusterSums): Cluster[] {
  const all = [...sizes];
  const pairs = [...differences].map((difference, index) => ({
    difference,
    size: all[index] ?? 0,
  }));
  if (pairs.length === all.length) return pairs;
  throw new RangeError(
    `Cannot use differences as there must be one a cluster (${all.length}): current value has ` +
      `${pairs.length}`,
  );
}

function assertTotals(table: PairedTable, cases: number, clusters: Cluster[]): void {
  let total = 0;
  let difference = 0;
  for (const cluster of clusters) {
    assertCount("sizes", cluster.size);
    if (!Number.isInteger(cluster.difference) || Math.abs(cluster.difference) > cluster.size) {
      throw new RangeError(
        `Cannot use differences as each must be a whole number of at most its cluster's size ` +
          `(${cluster.size}) either way: current value is ${cluster.difference}`,
      );
    }
    total += cluster.size;
    difference += cluster.difference;
  }
  if (total === cases && difference === table.candidateOnly - table.baselineOnly) return;
  throw new RangeError(
    `Cannot use clusters as they must add up to the table (${cases} cases, a difference of ` +
      `${table.candidateOnly - table.baselineOnly}): current values are ${total} and ${difference}`,
  );
}

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
 * @returns A finite number of at least 1; 1 for a table without cases.
 * @throws {RangeError} if sizes are not counts, a difference is larger than its cluster, or they do
 *   not add up to the table.
 */
export function designEffect(table: PairedTable, clusters: ClusterSums): number {
  const cases = tableTotal(table);
  const { candidateOnly, baselineOnly } = table;
  const pairs = zip(clusters);
  assertTotals(table, cases, pairs);
  if (cases === 0) return 1;
  const mean = (candidateOnly - baselineOnly) / cases;
  const independent = (candidateOnly + baselineOnly - mean * mean * cases) / cases;
  let count = 0;
  let squaredSizes = 0;
  let squaredResiduals = 0;
  for (const { difference, size } of pairs) {
    if (size === 0) continue;
    count += 1;
    squaredSizes += size * size;
    const residual = difference - mean * size;
    squaredResiduals += residual * residual;
  }
  // Nothing varies when all pairs are alike: tied, or all discordant the same way.
  const alike = candidateOnly + baselineOnly === 0 || Math.abs(mean) === 1;
  if (alike || count < 2) return squaredSizes / cases;
  const clustered = count / (count - 1) * squaredResiduals / cases;
  return Math.max(1, clustered / independent);
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

/**
 * What the bootstrap draws: rows, or clusters of rows summed up. A unit is never split.
 *
 * The last column holds the number of rows of each unit.
 */
export interface Units {
  /** Number of units. */
  count: number;
  /** One number a unit in each column. */
  columns: Float64Array[];
}

/**
 * Makes units from rows.
 *
 * Rows of one cluster depend on each other, so they are added up first and clusters are what is
 * drawn: the cluster bootstrap of A. C. Davison and D. V. Hinkley (1997), "Bootstrap Methods and
 * their Application", section 3.8.
 *
 * @param columns One number a row in each column, all of one length.
 * @param clusters The cluster of each row, `0..k-1`; without it each row is a unit. A number that no
 *   row has makes no unit.
 * @throws {RangeError} if the lengths differ, or a cluster's number is not below the number of rows.
 */
export function makeUnits(columns: readonly Float64Array[], clusters?: Uint32Array): Units {
  const rows = columns[0]?.length;
  if (rows === undefined) {
    throw new RangeError("Cannot use columns as there must be at least one: current value is []");
  }
  for (const column of columns) assertLength("columns", column.length, rows);
  if (!clusters) {
    return { count: rows, columns: [...columns, new Float64Array(rows).fill(1)] };
  }
  assertLength("clusters", clusters.length, rows);
  const units = numberUnits(clusters);
  const sum = (column: Float64Array | null) => sumByUnit(column, clusters, units);
  return { count: units.count, columns: [...columns.map(sum), sum(null)] };
}

function assertLength(name: string, length: number, rows: number): void {
  if (length === rows) return;
  throw new RangeError(
    `Cannot use ${name} as each must have one number a row (${rows}): current value has ${length}`,
  );
}

/** Gives each cluster that has rows its unit's number, in order of the clusters' numbers. */
function numberUnits(clusters: Uint32Array): { ofCluster: Uint32Array; count: number } {
  const used = new Uint8Array(clusters.length);
  for (const cluster of clusters) {
    if (cluster >= used.length) {
      throw new RangeError(
        `Cannot use clusters as each must be below the number of rows (${used.length}): current ` +
          `value is ${cluster}`,
      );
    }
    used[cluster] = 1;
  }
  const ofCluster = new Uint32Array(clusters.length);
  let count = 0;
  for (let cluster = 0; cluster < used.length; cluster++) {
    ofCluster[cluster] = count;
    count += used[cluster] ?? 0;
  }
  return { ofCluster, count };
}

/** Sums of a column over each unit's rows; `null` counts the rows. */
function sumByUnit(
  column: Float64Array | null,
  clusters: Uint32Array,
  units: { ofCluster: Uint32Array; count: number },
): Float64Array {
  const sums = new Float64Array(units.count);
  for (let row = 0; row < clusters.length; row++) {
    const unit = units.ofCluster[clusters[row] ?? 0] ?? 0;
    sums[unit] = (sums[unit] ?? 0) + (column ? column[row] ?? 0 : 1);
  }
  return sums;
}

/** Totals of each column over all units. */
export function totalsOf({ columns }: Units): Float64Array {
  const totals = new Float64Array(columns.length);
  columns.forEach((column, index) => {
    let total = 0;
    for (const value of column) total += value;
    totals[index] = total;
  });
  return totals;
}

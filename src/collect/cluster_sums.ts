/** Of each cluster, by number, the sum of a column and its number of rows. */
export function clusterSums(
  clusters: Uint32Array,
  column: Float64Array,
): { differences: Float64Array; sizes: Float64Array } {
  const count = clusters.reduce((most, cluster) => Math.max(most, cluster + 1), 0);
  const differences = new Float64Array(count);
  const sizes = new Float64Array(count);
  for (const [row, value] of column.entries()) {
    const cluster = clusters[row] ?? 0;
    sizes[cluster] = (sizes[cluster] ?? 0) + 1;
    differences[cluster] = (differences[cluster] ?? 0) + value;
  }
  return { differences, sizes };
}

/** Ranks of values, and how far ties go. */
export interface Ranks {
  /** From 1, in the values' order; tied values share the mean of their ranks. */
  ranks: Float64Array;
  /** Sum of `t^3 - t` over each group of `t` tied values; 0 without ties. */
  ties: number;
}

/** Ranks values from the smallest up. */
export function rank(values: readonly number[]): Ranks {
  const order = values.map((value, index) => ({ value, index }));
  order.sort((one, other) => one.value - other.value || one.index - other.index);
  const ranks = new Float64Array(values.length);
  let ties = 0;
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && order[end]?.value === order[start]?.value) end += 1;
    // Positions start to end - 1 are ranks start + 1 to end.
    for (const { index } of order.slice(start, end)) ranks[index] = (start + 1 + end) / 2;
    const tied = end - start;
    ties += tied * tied * tied - tied;
    start = end;
  }
  return { ranks, ties };
}

/** Nodes and weights for integrating over an interval: the sum of `weight * f(node)`. */
export interface Quadrature {
  /** Ascending. */
  nodes: Float64Array;
  weights: Float64Array;
}

/**
 * Gauss–Legendre quadrature with 16 nodes in each of several panels of equal width.
 *
 * @param widest No panel is wider than this.
 */
export function gaussLegendre(low: number, high: number, widest: number): Quadrature {
  const panels = Math.max(1, Math.ceil((high - low) / widest));
  const half = (high - low) / (2 * panels);
  const nodes = new Float64Array(panels * 2 * POSITIVE_HALF.length);
  const weights = new Float64Array(nodes.length);
  const middle = POSITIVE_HALF.length;
  for (let panel = 0; panel < panels; panel++) {
    const centre = low + half * (2 * panel + 1);
    const start = panel * 2 * POSITIVE_HALF.length;
    POSITIVE_HALF.forEach(([node, weight], index) => {
      nodes[start + middle + index] = centre + half * node;
      nodes[start + middle - 1 - index] = centre - half * node;
      weights[start + middle + index] = half * weight;
      weights[start + middle - 1 - index] = half * weight;
    });
  }
  return { nodes, weights };
}

/** The positive nodes of the rule of order 16 on [-1, 1], and their weights. */
const POSITIVE_HALF: readonly (readonly [node: number, weight: number])[] = [
  [0.09501250983763744, 0.1894506104550685],
  [0.2816035507792589, 0.1826034150449236],
  [0.4580167776572274, 0.1691565193950025],
  [0.6178762444026438, 0.1495959888165767],
  [0.755404408355003, 0.1246289712555339],
  [0.8656312023878317, 0.0951585116824928],
  [0.9445750230732326, 0.0622535239386479],
  [0.9894009349916499, 0.0271524594117541],
];

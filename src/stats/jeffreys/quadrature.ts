/**
 * Positive half of the nodes of 32-point Gauss-Legendre quadrature on `[-1, 1]`, each with its weight;
 * NIST Digital Library of Mathematical Functions, section 3.5(v).
 */
const NODES: readonly (readonly [number, number])[] = [
  [0.04830766568773832, 0.0965400885147278],
  [0.1444719615827965, 0.09563872007927486],
  [0.23928736225213706, 0.09384439908080457],
  [0.33186860228212767, 0.09117387869576389],
  [0.42135127613063533, 0.08765209300440381],
  [0.5068999089322294, 0.08331192422694675],
  [0.5877157572407623, 0.07819389578707031],
  [0.6630442669302152, 0.0723457941088485],
  [0.7321821187402897, 0.06582222277636185],
  [0.7944837959679424, 0.058684093478535544],
  [0.84936761373257, 0.050998059262376175],
  [0.8963211557660521, 0.04283589802222668],
  [0.9349060759377397, 0.03427386291302143],
  [0.9647622555875064, 0.02539206530926206],
  [0.9856115115452684, 0.01627439473090567],
  [0.9972638618494816, 0.007018610009470096],
];

/**
 * Integrates a function over neighbouring pieces, each of which it must be smooth inside; at the ends
 * of a piece it may behave as a square root or the inverse of one, as beta densities do.
 *
 * Each piece is mapped by `x = u^2 / (u^2 + (1 - u)^2)`, which flattens such ends, and integrated by
 * 32-point Gauss-Legendre quadrature. No randomness: the same call gives the same number.
 *
 * @param ends Ends of the pieces, ascending; equal ones are an empty piece.
 */
export function integrate(f: (x: number) => number, ends: readonly number[]): number {
  let total = 0;
  for (let piece = 1; piece < ends.length; piece++) {
    const start = ends[piece - 1] ?? 0;
    const width = (ends[piece] ?? 0) - start;
    if (width <= 0) continue;
    for (const [node, weight] of NODES) {
      total += weight * width * (mapped(f, start, width, node) + mapped(f, start, width, -node)) /
        2;
    }
  }
  return total;
}

function mapped(f: (x: number) => number, start: number, width: number, node: number): number {
  const u = (1 + node) / 2;
  const scale = u * u + (1 - u) * (1 - u);
  return f(start + width * u * u / scale) * 2 * u * (1 - u) / (scale * scale);
}

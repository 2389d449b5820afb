/**
 * The exact distribution of Mann and Whitney's U for two samples of one continuous distribution.
 *
 * The number of ways to get each `u` is a coefficient of the Gaussian binomial, the product over
 * `i = 1..m` of `(1 - q^(n+i)) / (1 - q^i)`: G. E. Andrews (1976), "The Theory of Partitions", theorem
 * 3.1. The lower half is computed and mirrored: there, small numbers of ways come of small ones, so
 * that the far tails keep their digits.
 *
 * @param first Size of the first sample, at least 1.
 * @param second Size of the second sample, at least 1.
 * @returns The probability of each `u`, `0..first * second`.
 */
export function mannWhitneyDistribution(first: number, second: number): Float64Array {
  const largest = first * second;
  const half = Math.floor(largest / 2);
  const ways = new Float64Array(largest + 1);
  ways[0] = 1;
  for (let factor = 1; factor <= first; factor++) {
    // Times (1 - q^(n+i)), from above so that each step still sees the old numbers below.
    for (let u = half; u >= second + factor; u--) {
      ways[u] = (ways[u] ?? 0) - (ways[u - second - factor] ?? 0);
    }
    // Divided by (1 - q^i), from below so that each step sees the new numbers.
    for (let u = factor; u <= half; u++) ways[u] = (ways[u] ?? 0) + (ways[u - factor] ?? 0);
  }
  for (let u = half + 1; u <= largest; u++) ways[u] = ways[largest - u] ?? 0;
  let total = 0;
  for (const count of ways) total += count;
  return ways.map((count) => count / total);
}

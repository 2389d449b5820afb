/**
 * The least whole number in `(low, high]` from which a condition holds, if it does not at `low`, does
 * at `high` and changes once between them.
 *
 * Starts at `guess` and doubles its steps, so a good guess costs a few calls only; then bisects.
 */
export function leastWhere(
  condition: (value: number) => boolean,
  low: number,
  high: number,
  guess: number,
): number {
  let below = low;
  let above = high;
  let next = guess;
  for (let step = 1; next > below && next < above; step *= 2) {
    if (condition(next)) {
      above = next;
      next -= step;
    } else {
      below = next;
      next += step;
    }
    // Passed it: the answer lies in the last step.
    if (next <= below || next >= above) break;
  }
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (condition(middle)) above = middle;
    else below = middle;
  }
  return above;
}

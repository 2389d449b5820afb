/** More cases than this are no advice. */
const MOST_CASES = 1_000_000_000;

/**
 * How many more cases would decide a rule, if everything stayed as seen in proportion.
 *
 * @param judged The cases seen, at least 1.
 * @param isDecided Whether the rule would be decided with `factor` times the cases; once it is, it
 *   stays so for larger factors.
 * @returns `null` where even a thousand million cases would not decide it.
 */
export function projectCases(
  judged: number,
  isDecided: (factor: number) => boolean,
): number | null {
  let enough = judged;
  do {
    if (enough >= MOST_CASES) return null;
    enough = Math.min(2 * enough, MOST_CASES);
  } while (!isDecided(enough / judged));
  let tooFew = Math.floor(enough / 2);
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2);
    if (isDecided(middle / judged)) enough = middle;
    else tooFew = middle;
  }
  return Math.max(1, enough - judged);
}

/**
 * The same for an interval whose width falls with the square root of the number of cases.
 *
 * @param cases The cases seen.
 * @param reach Distance from the estimate to its bound on the side of the limit.
 * @param distance Distance from the estimate to the limit.
 */
export function projectByWidth(cases: number, reach: number, distance: number): number | null {
  if (!(distance > 0)) return null;
  const ratio = reach / distance;
  // A rounding error must not ask for a case more.
  const needed = Math.ceil(cases * ratio * ratio * (1 - 1e-12));
  return needed <= MOST_CASES ? Math.max(1, needed - cases) : null;
}

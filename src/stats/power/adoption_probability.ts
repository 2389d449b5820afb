import { assertCount } from "../count.ts";
import type { PairedTable } from "../paired_table.ts";
import { binomialCdf } from "../special/binomial.ts";
import { binomialWeights } from "./binomial_weights.ts";
import { leastWhere } from "./least_where.ts";
import { assertRates, type PairRates } from "./pair_rates.ts";

/** A rule on the table of a run with a fixed number of cases, such as the gate's. */
export type TableRule = (table: PairedTable) => boolean;

/** What has to be known to say how likely a run is adopted. */
export interface AdoptionRequest extends PairRates {
  /** Number of cases, at least 1. */
  n: number;
  /** The rule that the gate really applies; it may as well be one for rejecting. */
  adopts: TableRule;
  /**
   * Probability that both arms pass a pair on which they agree; 1 by default. Give less only where the
   * rule looks at it, such as one on the candidate's pass rate: the number of such pairs varies from run
   * to run, and is followed in {@linkcode LEVELS} steps.
   */
  bothShare?: number;
  /**
   * Whether the rule, for a given number of regressions, changes at most once as improvements grow
   * (true by default, as for any rule about who is better). Give `false` for other rules, such as
   * equivalence: then each table is asked for, at a cost that grows with `n`.
   */
  monotone?: boolean;
}

/** A probability, and how far off it may be. */
export interface AdoptionProbability {
  probability: number;
  /** Bound of the error by what was left out and by rounding. */
  error: number;
}

/**
 * Probability that a rule holds after `n` cases, if each regresses and improves with given rates.
 *
 * Exact but for `error`: sums the trinomial distribution over all likely tables. With a monotone rule
 * the least number of improvements that it asks for is searched for each number of regressions, and
 * the binomial distribution gives the rest; so a million cases take a few thousand searches.
 *
 * @throws {RangeError} if `n` is no count of at least 1, a rate is outside `[0, 1]`, both are above 1
 *   together, or the rule is found not to be monotone.
 */
export function adoptionProbability(request: AdoptionRequest): AdoptionProbability {
  assertCount("n", request.n, 1);
  assertRates(request);
  const { bothShare = 1 } = request;
  if (bothShare <= 0 || bothShare >= 1) return probabilityAt(request, 0.5);
  let probability = 0;
  let error = 0;
  for (let step = 0; step < LEVELS; step++) {
    const found = probabilityAt(request, (step + 0.5) / LEVELS);
    probability += found.probability / LEVELS;
    error += found.error / LEVELS;
  }
  // A rule that changes once as more pairs pass is off by half a step at most.
  return { probability: Math.min(1, probability), error: error + 0.5 / LEVELS };
}

/** Into how many equally likely parts the number of pairs is cut that both arms pass. */
const LEVELS = 25;

/** The probability where the number of pairs that both pass is at one level of its distribution. */
function probabilityAt(request: AdoptionRequest, level: number): AdoptionProbability {
  const { n, regress, improve, monotone = true } = request;
  const bothOf = bothAmong(request.bothShare ?? 1, level);
  const regressions = binomialWeights(n, regress);
  // The rate of improvements among the cases that do not regress.
  const rate = regress >= 1 ? 0 : Math.min(1, improve / (1 - regress));
  let probability = 0;
  let missing = regressions.missing;
  let guess = 0;
  regressions.probabilities.forEach((weight, index) => {
    const lost = regressions.first + index;
    const holds = (won: number) => request.adopts(tableOf(n, lost, won, bothOf));
    if (monotone) {
      const tail = monotoneProbability(n - lost, rate, holds, guess);
      guess = tail.threshold;
      probability += weight * tail.probability;
      return;
    }
    const improvements = binomialWeights(n - lost, rate);
    missing += weight * improvements.missing;
    improvements.probabilities.forEach((share, at) => {
      if (holds(improvements.first + at)) probability += weight * share;
    });
  });
  return { probability: Math.min(1, probability), error: missing + ROUNDING };
}

/** What the sums and the incomplete beta function lose in digits; measured against exact sums. */
const ROUNDING = 1e-10;

function tableOf(
  n: number,
  lost: number,
  won: number,
  bothOf: (agreeing: number) => number,
): PairedTable {
  const agreeing = n - lost - won;
  const both = bothOf(agreeing);
  return { both, baselineOnly: lost, candidateOnly: won, neither: agreeing - both };
}

/** How many of the pairs that agree are passed by both arms, at a level of the binomial distribution. */
function bothAmong(share: number, level: number): (agreeing: number) => number {
  if (share <= 0) return () => 0;
  if (share >= 1) return (agreeing) => agreeing;
  const known = new Map<number, number>();
  let offset = 0;
  return (agreeing) => {
    const isEnough = (both: number) => binomialCdf(both, agreeing, share) >= level;
    const mean = Math.round(agreeing * share);
    const both = known.get(agreeing) ?? leastWhere(isEnough, -1, agreeing, mean + offset);
    // The next number asked for is a near one, whose quantile is as far from its mean.
    offset = both - mean;
    known.set(agreeing, both);
    return both;
  };
}

/** Probability of the improvements for which a rule holds that changes at most once. */
function monotoneProbability(
  trials: number,
  rate: number,
  holds: (won: number) => boolean,
  guess: number,
): { probability: number; threshold: number } {
  const few = holds(0);
  const many = holds(trials);
  if (few === many) {
    assertConstant(holds(Math.round(trials * rate)) === few);
    return { probability: few ? 1 : 0, threshold: guess };
  }
  const threshold = leastWhere((won) => holds(won) === many, 0, trials, guess);
  const below = binomialCdf(threshold - 1, trials, rate);
  return { probability: many ? 1 - below : below, threshold };
}

function assertConstant(constant: boolean): void {
  if (constant) return;
  throw new RangeError(
    "Cannot use adopts as a monotone rule as it must change at most once as improvements grow: " +
      "current value changes and changes back; say monotone: false",
  );
}

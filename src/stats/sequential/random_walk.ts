import { exp } from "../special/log_exp.ts";
import { normalCdf } from "../special/normal.ts";
import { gaussLegendre } from "./quadrature.ts";

/**
 * Where a walk with normal steps is that has not left its corridor: the score statistic
 * `S = Z sqrt(t)` of a test at information time `t`, whose steps have the variance of the time between.
 */
export interface Walk {
  time: number;
  /** Places, ascending, and the probability of each (a quadrature of the density). */
  places: Float64Array;
  probabilities: Float64Array;
}

/** The walk before its first step. */
export function walkFromZero(): Walk {
  return { time: 0, places: Float64Array.of(0), probabilities: Float64Array.of(1) };
}

/**
 * Probability that the walk, still inside, is above `bound` after its next step.
 *
 * @param step Standard deviation of the step.
 */
export function exitProbability(walk: Walk, bound: number, step: number): number {
  let sum = 0;
  for (let index = 0; index < walk.places.length; index++) {
    const distance = (bound - (walk.places[index] ?? 0)) / step;
    sum += (walk.probabilities[index] ?? 0) * normalCdf(-distance);
  }
  return sum;
}

/** The corridor of one step. */
export interface Corridor {
  /** Information time after the step. */
  time: number;
  low: number;
  high: number;
  /** Standard deviation of the step after this one: the new density is integrated against it. */
  following: number;
}

/**
 * The walk after a step that ended inside the corridor.
 *
 * The new density is as smooth as the steps are wide, so panels of 16 nodes at most three standard
 * deviations wide give it to about 12 digits.
 */
export function continueWalk(walk: Walk, corridor: Corridor): Walk {
  const { time, low, high, following } = corridor;
  const step = Math.sqrt(time - walk.time);
  const { nodes, weights } = gaussLegendre(low, high, 3 * Math.min(step, following));
  const probabilities = new Float64Array(nodes.length);
  const scale = 1 / (step * SQRT_2_PI);
  let first = 0;
  for (let index = 0; index < nodes.length; index++) {
    const place = nodes[index] ?? 0;
    while ((walk.places[first] ?? place) < place - FARTHEST * step) first++;
    probabilities[index] = (weights[index] ?? 0) * scale * density(walk, place, step, first);
  }
  return { time, places: nodes, probabilities };
}

const SQRT_2_PI = 2.5066282746310002;
/** Steps of more standard deviations than this have a density below the smallest number there is. */
const FARTHEST = 39;

/** Density at `place` after a step, times `step sqrt(2 pi)`; places before `first` are too far off. */
function density(walk: Walk, place: number, step: number, first: number): number {
  let sum = 0;
  for (let index = first; index < walk.places.length; index++) {
    const distance = (place - (walk.places[index] ?? 0)) / step;
    if (distance < -FARTHEST) break;
    sum += (walk.probabilities[index] ?? 0) * exp(-0.5 * distance * distance);
  }
  return sum;
}

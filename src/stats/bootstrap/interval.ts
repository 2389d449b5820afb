import { assertConfidence, assertCount, assertSeed } from "../count.ts";
import { CONFIDENCE_LEVEL, type Interval } from "../interval.ts";
import { jackknifeValues } from "./jackknife.ts";
import type { BootstrapMethod } from "./method.ts";
import { bootstrapReplicates, type Statistic } from "./replicates.ts";
import { makeUnits, totalsOf } from "./units.ts";

/**
 * What it means that every resample gives the same number (apart from rounding).
 *
 * `exact`: the statistic is a measurement that came out the same for every case, as the cost ratio of
 * two equal programs does; the interval is the estimate itself. `unknown`: it only shows that what
 * could differ has not been seen yet, as 0 failures in 20 cases do; there is no interval.
 */
export type ConstantMeaning = "exact" | "unknown";

/** What is to be resampled, and how. */
export interface BootstrapRequest {
  /** One number a row in each column; all of one length. */
  columns: readonly Float64Array[];
  /** The cluster of each row, `0..k-1`; without it rows are independent. */
  clusters?: Uint32Array;
  /** The number of interest, from the columns' totals and (last) the number of rows. */
  statistic: Statistic;
  method: BootstrapMethod;
  whenConstant: ConstantMeaning;
  /** Number of resamples; 10,000 where none is given. */
  resamples?: number;
  /** Between 0 and 1; 0.95 where none is given. */
  confidence?: number;
  /** An unsigned 32-bit integer. */
  seed: number;
}

/** An estimate and what the bootstrap knows about it. Finite numbers or `null`, never `NaN`. */
export interface BootstrapInterval {
  /** The statistic of all rows; `null` where there is none. */
  estimate: number | null;
  /** The bounds, both or neither: `null` where nothing is known of the estimate's error. */
  low: number | null;
  high: number | null;
  method: BootstrapMethod["name"];
  resamples: number;
}

/** How many resamples are drawn where the caller does not say. */
export const DEFAULT_RESAMPLES = 10_000;

/**
 * A bootstrap interval of a smooth function of column totals (a mean, a ratio, a difference).
 *
 * Rows, or clusters of rows, are drawn with replacement; B. Efron (1979), "Bootstrap methods: another
 * look at the jackknife", Annals of Statistics 7:1-26. One seed gives one answer, bit for bit, on
 * every runtime.
 *
 * The bounds are `null` with fewer than two rows or clusters, where the data or the statistic of a
 * resample are not finite, where the method has no interval, and where every resample gives the same
 * number, unless the caller says that this is `exact`.
 *
 * @throws {RangeError} if columns and clusters do not fit together, or an option is out of range:
 *   resamples must be so many that one lies beyond either bound, 39 for 95 %.
 */
export function bootstrapInterval(request: BootstrapRequest): BootstrapInterval {
  const { statistic, method, seed } = request;
  const resamples = request.resamples ?? DEFAULT_RESAMPLES;
  const confidence = request.confidence ?? CONFIDENCE_LEVEL;
  assertConfidence(confidence);
  assertCount("resamples", resamples, leastResamples(confidence));
  assertSeed(seed);
  const units = makeUnits(request.columns, request.clusters);
  const found = (estimate: number | null, low: number | null, high: number | null) => ({
    estimate,
    low,
    high,
    method: method.name,
    resamples,
  });

  const totals = totalsOf(units);
  const estimate = units.count > 0 && totals.every(Number.isFinite) ? statistic(totals) : NaN;
  if (!Number.isFinite(estimate)) return found(null, null, null);
  if (units.count < 2) return found(estimate, null, null);
  const ascending = bootstrapReplicates(units, statistic, resamples, seed).sort();
  if (!ascending.every(Number.isFinite)) return found(estimate, null, null);
  if (isConstant(ascending, estimate)) {
    const bound = request.whenConstant === "exact" ? estimate : null;
    return found(estimate, bound, bound);
  }
  const jackknife = () => jackknifeValues(units, statistic);
  const interval = method.interval({ estimate, ascending, confidence, jackknife });
  if (!interval || !isUsable(interval)) return found(estimate, null, null);
  return found(estimate, interval.low, interval.high);
}

/**
 * Whether bounds may be reported: numbers, and not one and the same, which would look like certainty
 * where a correction has left the replicates on one side.
 */
function isUsable({ low, high }: Interval): boolean {
  return Number.isFinite(low) && Number.isFinite(high) && low < high;
}

/** So many that a replicate lies beyond either bound: 39 for 95 %. */
function leastResamples(confidence: number): number {
  return Math.ceil(2 / (1 - confidence) - 1);
}

/** Sums of many terms differ in the last digits by their order: that is no spread. */
const ROUNDING = 1e-10;

/** Whether the replicates and the estimate are one number, apart from rounding. */
function isConstant(ascending: Float64Array, estimate: number): boolean {
  const low = Math.min(ascending[0] ?? estimate, estimate);
  const high = Math.max(ascending[ascending.length - 1] ?? estimate, estimate);
  return high - low <= ROUNDING * Math.max(Math.abs(low), Math.abs(high));
}

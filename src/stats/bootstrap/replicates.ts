import { bootstrapState, drawUnits } from "./random_units.ts";
import type { Units } from "./units.ts";

/**
 * A number computed from the totals of the columns; the last total is the number of rows.
 *
 * The array is used again for the next call: take what is needed from it and do not keep it.
 */
export type Statistic = (totals: Float64Array) => number;

/**
 * The statistic of each resample, in the order drawn.
 *
 * A resample is kept as how often it has each unit, and only until its totals are known, so memory
 * grows with the number of units plus the number of resamples, not with their product. All columns
 * share the counts: what belongs to one case stays together (the paired bootstrap).
 *
 * @param resamples How many; at least 1.
 * @param seed An unsigned 32-bit integer.
 */
export function bootstrapReplicates(
  units: Units,
  statistic: Statistic,
  resamples: number,
  seed: number,
): Float64Array {
  const state = bootstrapState(seed);
  const counts = new Uint32Array(units.count);
  const totals = new Float64Array(units.columns.length);
  const replicates = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    drawUnits(state, counts);
    for (let index = 0; index < totals.length; index++) {
      totals[index] = weightedTotal(units.columns[index] ?? NONE, counts);
    }
    replicates[resample] = statistic(totals);
  }
  return replicates;
}

const NONE = new Float64Array(0);

function weightedTotal(column: Float64Array, counts: Uint32Array): number {
  let total = 0;
  for (let unit = 0; unit < column.length; unit++) {
    total += (column[unit] ?? 0) * (counts[unit] ?? 0);
  }
  return total;
}

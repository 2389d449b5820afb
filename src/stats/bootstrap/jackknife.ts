import type { Statistic } from "./replicates.ts";
import { totalsOf, type Units } from "./units.ts";

/**
 * The statistic of the data without each unit in turn.
 *
 * @returns One number a unit; `null` where one of them is not finite.
 */
export function jackknifeValues(units: Units, statistic: Statistic): Float64Array | null {
  const whole = totalsOf(units);
  const totals = new Float64Array(whole.length);
  const values = new Float64Array(units.count);
  for (let unit = 0; unit < units.count; unit++) {
    for (let index = 0; index < totals.length; index++) {
      totals[index] = (whole[index] ?? 0) - (units.columns[index]?.[unit] ?? 0);
    }
    const value = statistic(totals);
    if (!Number.isFinite(value)) return null;
    values[unit] = value;
  }
  return values;
}

/**
 * The acceleration: how fast the statistic's standard error changes with its value, a sixth of the
 * skewness of the jackknife values; 0 where these are all the same.
 *
 * B. Efron (1987), "Better bootstrap confidence intervals", Journal of the American Statistical
 * Association 82:171-185; in the form of Efron and Tibshirani (1993), equation 14.15.
 */
export function acceleration(jackknife: Float64Array): number {
  let mean = 0;
  for (const value of jackknife) mean += value / jackknife.length;
  let largest = 0;
  for (const value of jackknife) largest = Math.max(largest, Math.abs(mean - value));
  if (largest === 0) return 0;
  let squares = 0;
  let cubes = 0;
  for (const value of jackknife) {
    // In units of the largest, so that no power is too large or too small for a number.
    const distance = (mean - value) / largest;
    squares += distance * distance;
    cubes += distance * distance * distance;
  }
  return cubes / (6 * squares * Math.sqrt(squares));
}

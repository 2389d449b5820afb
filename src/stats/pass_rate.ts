import { type Interval, Z_95 } from "./interval.ts";
import { wilsonInterval } from "./wilson.ts";

/** How often an arm passed, with the Wilson 95 % interval of the rate. */
export interface PassRate extends Interval {
  passed: number;
  total: number;
  /** `passed / total`; `null` where `total` is 0. */
  rate: number | null;
}

/**
 * A pass rate from counts.
 *
 * @param z Normal quantile of the interval; that of 95 % where none is given.
 * @throws {RangeError} if the counts are not counts, or `passed` is above `total`.
 */
export function passRate(passed: number, total: number, z: number = Z_95): PassRate {
  const { low, high } = wilsonInterval(passed, total, z);
  return { passed, total, rate: total === 0 ? null : passed / total, low, high };
}

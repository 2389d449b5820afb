import type { Usage } from "../../../../sandbox/outcome.ts";
import type { GuestIsolate } from "../../../../sandbox/guest_isolate.ts";
import type { Combination } from "./combinations.ts";
import { leastTimes, type Manner, type Times } from "./timing.ts";

/**
 * Work that the meter does not charge for takes as long as a guest likes: the clock shows it as orders
 * of magnitude. How near to three times a plain loop's time the prices come is for
 * `bench/built_ins_bench.ts` to say; a test must give the same answer on any machine, however busy. So
 * a call is only found to work for free beyond both of these bounds, and by its least processor time of
 * many. What is charged comes near neither: the dearest unit of fuel takes some three times what a plain
 * loop's does.
 */
const MOST_TIMES = 20;

/** In milliseconds: too long for a pause that a machine makes each time, for whatever reason. */
const MOST_MS = 50;

const REPETITIONS = 15;

/** Beyond both of these, in milliseconds and times a plain loop, one call is worth a closer look. */
const NOTABLE_MS = 0.05;
const NOTABLE_TIMES = 10;

/** Calls are done again and again for about as many milliseconds, as far as there is fuel. */
const CLOSER_LOOK_MS = 500;

/** What has the meter's fuel, and how many milliseconds a plain loop needs for all of it. */
export interface Tank {
  fuel: number;
  plainMs: number;
}

/**
 * Whether a combination does work that it does not pay for. What one call does for nothing may be small,
 * as big as the guest's memory at most: many calls then show it.
 *
 * @param usage What one call took.
 */
export function worksForFree(
  isolate: GuestIsolate,
  combination: Combination,
  { fuel, wallMs }: Pick<Usage, "fuel" | "wallMs">,
  tank: Tank,
): boolean {
  const times = wallMs / (tank.plainMs * (fuel / tank.fuel));
  if (wallMs <= NOTABLE_MS || times <= NOTABLE_TIMES) return false;
  const isFree = (manner: Manner, fuel: number): boolean => {
    const isPaid = ({ ms, plainMs }: Times) => ms <= MOST_MS || ms <= MOST_TIMES * plainMs;
    const options = { manner, fuel, plainFuel: tank.fuel, repetitions: REPETITIONS };
    return !isPaid(leastTimes(isolate, combination, { ...options, isEnough: isPaid }));
  };
  if (wallMs > MOST_MS && isFree("once", tank.fuel)) return true;
  const calls = Math.ceil(CLOSER_LOOK_MS / wallMs);
  return isFree("again", Math.min(tank.fuel, fuel * calls));
}

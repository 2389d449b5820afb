import process from "node:process";
import type { Outcome } from "../../../../sandbox/outcome.ts";
import type { GuestIsolate } from "../../../../sandbox/guest_isolate.ts";
import type { Combination } from "./combinations.ts";

/** How a combination is called: once, or again and again until the fuel is spent. */
export type Manner = "once" | "again";

/** What a call took, and what a plain loop takes for the same fuel: milliseconds of processor time. */
export interface Times {
  ms: number;
  plainMs: number;
}

/** What leastTimes does. */
export interface TimingOptions {
  manner: Manner;
  /** Fuel of each call of the combination. */
  fuel: number;
  /** Fuel of each plain loop: enough for a time that a clock can tell. */
  plainFuel: number;
  /** Most turns. */
  repetitions: number;
  /** Ends the turns early, by the least times so far. */
  isEnough: (times: Times) => boolean;
}

/** Calls one combination. */
export function callOf(
  isolate: GuestIsolate,
  { entry, index, value, args }: Combination,
  manner: Manner,
  fuel: number,
): Outcome {
  return manner === "once"
    ? isolate.call(entry, [index, value, args], { fuel })
    : isolate.call("again", [entry, index, value, args], { fuel });
}

/**
 * Times a combination and a plain loop by turns. The least times count: a machine may be busy, a page
 * fresh, code cold, but nothing makes a call faster than it is.
 */
export function leastTimes(
  isolate: GuestIsolate,
  combination: Combination,
  { manner, fuel, plainFuel, repetitions, isEnough }: TimingOptions,
): Times {
  const least: Times = { ms: Infinity, plainMs: Infinity };
  for (let turn = 0; turn < repetitions; turn++) {
    const plain = processorTime(isolate, () => isolate.call("plain", [], { fuel: plainFuel }));
    const { ms, outcome } = processorTime(
      isolate,
      () => callOf(isolate, combination, manner, fuel),
    );
    least.plainMs = Math.min(least.plainMs, plain.ms * (outcome.usage.fuel / plainFuel));
    least.ms = Math.min(least.ms, ms);
    if (isEnough(least)) break;
  }
  return least;
}

/** A call's milliseconds of processor time, without those of the reset before it. */
export function processorTime(
  isolate: GuestIsolate,
  call: () => Outcome,
): { outcome: Outcome; ms: number } {
  isolate.reset();
  const start = process.cpuUsage();
  const outcome = call();
  const { user, system } = process.cpuUsage(start);
  return { outcome, ms: (user + system) / 1000 };
}

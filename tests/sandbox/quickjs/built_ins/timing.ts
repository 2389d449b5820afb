import process from "node:process";
import type { Outcome } from "../../../../sandbox/outcome.ts";
import type { QuickJsIsolate } from "../../../../sandbox/quickjs/isolate.ts";
import type { Combination } from "./combinations.ts";

/** How a combination is called: once, or again and again until its fuel is spent. */
export type Manner = "once" | "again";

/** What a call took, and what a plain loop takes for the same fuel: milliseconds of processor time. */
export interface Times {
  ms: number;
  plainMs: number;
}

/** Calls one combination on a fresh image. */
export function callOf(
  isolate: QuickJsIsolate,
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
 *
 * @param fuel Fuel of each call.
 * @param repetitions Most turns.
 * @param isEnough Ends the turns early, by the least times so far.
 */
export function leastTimes(
  isolate: QuickJsIsolate,
  combination: Combination,
  manner: Manner,
  fuel: number,
  repetitions: number,
  isEnough: (times: Times) => boolean,
): Times {
  const least: Times = { ms: Infinity, plainMs: Infinity };
  for (let turn = 0; turn < repetitions; turn++) {
    const plain = processorTime(isolate, () => isolate.call("plain", [], { fuel }));
    const { ms, outcome } = processorTime(
      isolate,
      () => callOf(isolate, combination, manner, fuel),
    );
    least.plainMs = Math.min(least.plainMs, plain.ms * (outcome.usage.fuel / fuel));
    least.ms = Math.min(least.ms, ms);
    if (isEnough(least)) break;
  }
  return least;
}

/** Milliseconds of processor time that a call takes, without the reset before it. */
export function processorTime(
  isolate: QuickJsIsolate,
  call: () => Outcome,
): { outcome: Outcome; ms: number } {
  isolate.reset();
  const start = process.cpuUsage();
  const outcome = call();
  const { user, system } = process.cpuUsage(start);
  return { outcome, ms: (user + system) / 1000 };
}

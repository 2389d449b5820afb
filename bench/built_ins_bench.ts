import { describeGuest, loadGuest } from "../tests/sandbox/quickjs/built_ins/sweep.ts";
import {
  type Combination,
  combinations,
  nameOf,
} from "../tests/sandbox/quickjs/built_ins/combinations.ts";
import { LARGE, type Size, SMALL } from "../tests/sandbox/quickjs/built_ins/sizes.ts";
import { callOf } from "../tests/sandbox/quickjs/built_ins/timing.ts";
import type { GuestIsolate } from "../sandbox/guest_isolate.ts";
import type { Bench, Finding, Medians } from "./frame/bench.ts";
import { quantile } from "./frame/quantile.ts";

/** One call of a combination that took fuel enough to be timed. */
interface Timed {
  combination: Combination;
  fuel: number;
  /** The least of several. */
  ms: number;
}

/** Of how many combinations one is called: primes, so that each built-in meets many arguments. */
const SMALL_STRIDE = 7;
const LARGE_STRIDE = 13;

/** A tenth of a millisecond. In less, starting and ending a call is most of what there is to time. */
const LEAST_FUEL = 1_000_000;

/** Calls above this many times a plain loop are timed again and again: a machine may be busy, code cold. */
const NOTABLE = 2;
const REPETITIONS = 10;

/** How many of the worst are named, each of another built-in. */
const NAMED = 3;

const TARGET = 3;
const COUNT = "calls timed (a count)";
const WORST = "worst";

/** Every call's time, in times that of a plain loop with the same fuel. */
async function measure(size: Size, stride: number): Promise<Record<string, number>> {
  const isolate = await loadGuest(size);
  let plainMs = plainTime(isolate, size.fuel);
  const timed = firstTimes(isolate, size.fuel, stride);
  const ratioOf = ({ ms, fuel }: Timed) => ms / (plainMs * fuel / size.fuel);
  for (let turn = 0; turn < REPETITIONS; turn++) {
    plainMs = Math.min(plainMs, plainTime(isolate, size.fuel));
    for (const one of timed.filter((one) => ratioOf(one) > NOTABLE)) {
      one.ms = Math.min(one.ms, timeOf(isolate, one.combination, size.fuel).ms);
    }
  }
  const ratios = timed.map(ratioOf).sort((left, right) => left - right);
  return {
    [COUNT]: ratios.length,
    median: quantile(ratios, 0.5),
    "99th percentile": quantile(ratios, 0.99),
    [WORST]: quantile(ratios, 1),
    ...worstOf(timed, ratioOf),
  };
}

/** Calls one combination of every `stride` once. */
function firstTimes(isolate: GuestIsolate, fuel: number, stride: number): Timed[] {
  return [...combinations(describeGuest(isolate))]
    .filter((_, number) => number % stride === 0)
    .map((combination) => timeOf(isolate, combination, fuel))
    .filter((one) => one.fuel >= LEAST_FUEL);
}

function timeOf(isolate: GuestIsolate, combination: Combination, most: number): Timed {
  isolate.reset();
  const { fuel, wallMs: ms } = callOf(isolate, combination, "once", most).usage;
  return { combination, fuel, ms };
}

function plainTime(isolate: GuestIsolate, fuel: number): number {
  isolate.reset();
  return isolate.call("plain", [], { fuel }).usage.wallMs;
}

/** The worst call of each built-in, by its name: the worst few of them. */
function worstOf(timed: Timed[], ratioOf: (one: Timed) => number): Record<string, number> {
  const worst = new Map<string, Timed>();
  for (const one of timed) {
    const other = worst.get(one.combination.path);
    if (!other || ratioOf(one) > ratioOf(other)) worst.set(one.combination.path, one);
  }
  const sorted = [...worst.values()].sort((left, right) => ratioOf(right) - ratioOf(left));
  return Object.fromEntries(
    sorted.slice(0, NAMED).map((one) => [nameOf(one.combination), ratioOf(one)]),
  );
}

function judge(medians: Medians): Finding[] {
  return Object.entries(medians).map(([name, rows]) => {
    const worst = rows[WORST] ?? NaN;
    const text = `${name}: none of ${rows[COUNT]} above ${TARGET}: ${worst.toFixed(2)}`;
    return { text, met: worst <= TARGET };
  });
}

/** Whether a built-in, whatever it is called on and with, is as fast for its fuel as a plain loop. */
const bench: Bench = {
  title: "Built-ins on hostile values, against a plain loop with the same fuel",
  unit: "times the plain loop's time",
  variants: {
    hostile: { measure: () => measure(SMALL, SMALL_STRIDE) },
    "hostile and big": { measure: () => measure(LARGE, LARGE_STRIDE) },
  },
  judge,
};

export default bench;

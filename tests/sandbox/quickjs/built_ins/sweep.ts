import process from "node:process";
import type { Limits } from "../../../../sandbox/limits.ts";
import type { FailureKind, Outcome } from "../../../../sandbox/outcome.ts";
import type { QuickJsIsolate } from "../../../../sandbox/quickjs/isolate.ts";
import { isolateOf, valueOf } from "../support.ts";
import { type Combination, combinations, type Described, nameOf } from "./combinations.ts";
import { guestCode, type Scale } from "./guest.ts";

/** What a sweep does. */
export interface SweepOptions {
  scale: Scale;
  memoryBytes: number;
  /** Fuel of one call. */
  fuel: number;
  /** Of how many combinations one is tried. */
  stride: number;
  /** Whether calls that take too long for their fuel are problems. */
  watchesTime: boolean;
}

/** What a sweep saw. */
export interface Swept {
  calls: number;
  /** How many calls ended how. */
  endings: Map<"value" | FailureKind, number>;
  /** Everything that was not as promised, a line each. */
  problems: string[];
}

/** Most times that of a plain loop with the same fuel. */
const MOST_TIMES = 3;

/**
 * Calls that take less say nothing about what a unit of fuel takes: on JavaScriptCore, leaving a deep stack
 * takes two milliseconds.
 */
const SHORTEST_MS = 4;

/** How often a call is timed again before it is called slow: a machine may be busy, code cold. */
const REPETITIONS = 15;

const RIGHT_ARGS = [[1, 2, 3]];

/** Loads the guest with every built-in and hostile value in it. */
export async function loadGuest(
  { scale, memoryBytes, fuel }: SweepOptions,
): Promise<QuickJsIsolate> {
  const limits: Partial<Limits> = { memoryBytes, outputBytes: 2 ** 20 };
  const isolate = await isolateOf(guestCode(scale), limits);
  for (let turn = 0; turn < REPETITIONS; turn++) isolate.call("plain", [], { fuel });
  return isolate;
}

/** What the guest says there is to call. */
export function describeGuest(isolate: QuickJsIsolate): Described {
  return JSON.parse(String(valueOf(isolate.call("describe", []))));
}

/** Calls one combination of every `stride`, each followed by a call that must give the right answer. */
export async function sweep(options: SweepOptions): Promise<Swept> {
  const isolate = await loadGuest(options);
  const swept: Swept = { calls: 0, endings: new Map(), problems: [] };
  const right = answerOf(isolate.call("right", RIGHT_ARGS));
  let number = 0;
  for (const combination of combinations(describeGuest(isolate))) {
    if (number++ % options.stride !== 0) continue;
    swept.calls++;
    const { outcome, ms } = timed(isolate, combination, options.fuel);
    const ending = outcome.ok ? "value" : outcome.failure.kind;
    swept.endings.set(ending, (swept.endings.get(ending) ?? 0) + 1);
    const problems = [
      ...faultsOf(outcome, options),
      ...(answerOf(isolate.call("right", RIGHT_ARGS)) === right
        ? []
        : ["the next call went wrong"]),
      ...(options.watchesTime && isSlow(isolate, combination, options.fuel, outcome, ms)
        ? ["slow for its fuel"]
        : []),
    ];
    for (const problem of problems) swept.problems.push(`${nameOf(combination)}: ${problem}`);
  }
  if (isolate.memory().buffer.byteLength > options.memoryBytes) {
    swept.problems.push("the memory is beyond its cap");
  }
  isolate.dispose();
  return swept;
}

/** Everything about an outcome that must be the same each time. */
function answerOf({ usage, ...rest }: Outcome): string {
  return JSON.stringify([rest, usage.fuel, usage.memoryBytes]);
}

function faultsOf(outcome: Outcome, { fuel, memoryBytes }: SweepOptions): string[] {
  const { usage } = outcome;
  const faults: string[] = [];
  if (!outcome.ok && ["crash", "load", "deadline"].includes(outcome.failure.kind)) {
    faults.push(`${outcome.failure.kind}: ${outcome.failure.message}`);
  }
  if (!(usage.fuel > 0 && usage.fuel <= fuel)) faults.push(`it used ${usage.fuel} units of fuel`);
  if (usage.memoryBytes > memoryBytes) faults.push(`it used ${usage.memoryBytes} bytes`);
  return faults;
}

/** Times a call alone, without the reset before it. */
function timed(
  isolate: QuickJsIsolate,
  { entry, index, value, args }: Combination,
  fuel: number,
): { outcome: Outcome; ms: number } {
  isolate.reset();
  const start = performance.now();
  const outcome = isolate.call(entry, [index, value, args], { fuel });
  return { outcome, ms: performance.now() - start };
}

/** Milliseconds of processor time so far: what other processes take does not count. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds of processor time that a call takes, without the reset before it. */
function processorTime(isolate: QuickJsIsolate, call: () => unknown): number {
  isolate.reset();
  const start = processorMs();
  call();
  return processorMs() - start;
}

/**
 * Whether a call takes more than three times what a plain loop takes for the same fuel. Both are timed
 * again and again, by turns, and the least times count.
 */
function isSlow(
  isolate: QuickJsIsolate,
  { entry, index, value, args }: Combination,
  fuel: number,
  { usage }: Outcome,
  firstMs: number,
): boolean {
  if (firstMs <= SHORTEST_MS) return false;
  let ms = firstMs;
  let plainMs = Infinity;
  for (let turn = 0; turn < REPETITIONS; turn++) {
    const plain = processorTime(isolate, () => isolate.call("plain", [], { fuel }));
    plainMs = Math.min(plainMs, plain * (usage.fuel / fuel));
    ms = Math.min(
      ms,
      processorTime(isolate, () => isolate.call(entry, [index, value, args], { fuel })),
    );
    if (ms <= SHORTEST_MS || ms <= MOST_TIMES * plainMs) return false;
  }
  return true;
}

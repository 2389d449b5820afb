import type { Limits } from "../../../../sandbox/limits.ts";
import type { FailureKind, Outcome } from "../../../../sandbox/outcome.ts";
import type { QuickJsIsolate } from "../../../../sandbox/quickjs/isolate.ts";
import { isolateOf, valueOf } from "../support.ts";
import { type Combination, combinations, type Described, nameOf } from "./combinations.ts";
import { worksForFree } from "./free_work.ts";
import { guestCode, type Scale } from "./guest.ts";
import { callOf, type Manner } from "./timing.ts";

/** What a sweep does. */
export interface SweepOptions {
  scale: Scale;
  memoryBytes: number;
  /** Fuel of one call. */
  fuel: number;
  /** Of how many combinations one is tried. */
  stride: number;
  /** Of how many tried combinations one is called again and again until its fuel is spent. */
  againStride: number;
}

/** What a sweep saw. */
export interface Swept {
  calls: number;
  /** How many calls ended how. */
  endings: Map<"value" | FailureKind, number>;
  /** Everything that was not as promised, a line each. */
  problems: string[];
}

/** Plain loops before anything is timed. */
const WARM_UP = 15;

const RIGHT_ARGS = [[1, 2, 3]];

/** Loads the guest with every built-in and hostile value in it. */
export async function loadGuest(
  { scale, memoryBytes, fuel }: SweepOptions,
): Promise<QuickJsIsolate> {
  const limits: Partial<Limits> = { memoryBytes, outputBytes: 2 ** 20 };
  const isolate = await isolateOf(guestCode(scale), limits);
  for (let turn = 0; turn < WARM_UP; turn++) isolate.call("plain", [], { fuel });
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
  const attempt = (combination: Combination, manner: Manner) => {
    swept.calls++;
    const outcome = tried(isolate, combination, manner, options, swept.problems);
    const ending = outcome.ok ? "value" : outcome.failure.kind;
    swept.endings.set(ending, (swept.endings.get(ending) ?? 0) + 1);
    if (answerOf(isolate.call("right", RIGHT_ARGS)) === right) return;
    swept.problems.push(`${nameOf(combination)}, ${manner}: the next call went wrong`);
  };
  let number = 0;
  for (const combination of combinations(describeGuest(isolate))) {
    if (number % options.stride === 0) attempt(combination, "once");
    if (number % (options.stride * options.againStride) === 0) attempt(combination, "again");
    number++;
  }
  if (isolate.memory().buffer.byteLength > options.memoryBytes) {
    swept.problems.push("the memory is beyond its cap");
  }
  isolate.dispose();
  return swept;
}

/** Calls one combination, and adds to `problems` what was not as promised. */
function tried(
  isolate: QuickJsIsolate,
  combination: Combination,
  manner: Manner,
  options: SweepOptions,
  problems: string[],
): Outcome {
  isolate.reset();
  const start = performance.now();
  const outcome = callOf(isolate, combination, manner, options.fuel);
  const ms = performance.now() - start;
  const faults = faultsOf(outcome, options);
  if (worksForFree(isolate, combination, manner, options.fuel, ms)) {
    faults.push(`it does work that it has not paid for: ${ms.toFixed(0)} ms`);
  }
  for (const fault of faults) problems.push(`${nameOf(combination)}, ${manner}: ${fault}`);
  return outcome;
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

import type { Limits } from "../../../../sandbox/limits.ts";
import type { FailureKind, Outcome } from "../../../../sandbox/outcome.ts";
import type { GuestIsolate } from "../../../../sandbox/guest_isolate.ts";
import { isolateOf, memoryOf, valueOf } from "../support.ts";
import { combinations, type Described, nameOf } from "./combinations.ts";
import { type Tank, worksForFree } from "./free_work.ts";
import { guestCode } from "./guest.ts";
import type { Size } from "./sizes.ts";
import { callOf, processorTime } from "./timing.ts";

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
  { scale, memoryBytes, fuel }: Size,
): Promise<GuestIsolate> {
  const limits: Partial<Limits> = { memoryBytes, outputBytes: 2 ** 20 };
  const isolate = await isolateOf(guestCode(scale), limits);
  for (let turn = 0; turn < WARM_UP; turn++) isolate.call("plain", [], { fuel });
  return isolate;
}

/** What the guest says there is to call. */
export function describeGuest(isolate: GuestIsolate): Described {
  return JSON.parse(String(valueOf(isolate.call("describe", []))));
}

/** Calls one combination of every `stride`, each followed by a call that must give the right answer. */
export async function sweep(size: Size, stride: number): Promise<Swept> {
  const isolate = await loadGuest(size);
  const swept: Swept = { calls: 0, endings: new Map(), problems: [] };
  const right = answerOf(isolate.call("right", RIGHT_ARGS));
  const tank = tankOf(isolate, size.fuel);
  let number = 0;
  for (const combination of combinations(describeGuest(isolate))) {
    if (number++ % stride !== 0) continue;
    swept.calls++;
    isolate.reset();
    const outcome = callOf(isolate, combination, "once", size.fuel);
    const ending = outcome.ok ? "value" : outcome.failure.kind;
    swept.endings.set(ending, (swept.endings.get(ending) ?? 0) + 1);
    const problems = faultsOf(outcome, size);
    if (answerOf(isolate.call("right", RIGHT_ARGS)) !== right) {
      problems.push("the next call went wrong");
    }
    if (worksForFree(isolate, combination, outcome.usage, tank)) {
      problems.push(`${outcome.usage.wallMs} ms for ${outcome.usage.fuel} units of fuel`);
    }
    for (const problem of problems) swept.problems.push(`${nameOf(combination)}: ${problem}`);
  }
  if (memoryOf(isolate).buffer.byteLength > size.memoryBytes) {
    swept.problems.push("the memory is beyond its cap");
  }
  isolate.dispose();
  return swept;
}

/** Times the plain loop, with code that is warm. */
function tankOf(isolate: GuestIsolate, fuel: number): Tank {
  const plain = () => processorTime(isolate, () => isolate.call("plain", [], { fuel })).ms;
  return { fuel, plainMs: Math.min(...Array.from({ length: WARM_UP }, plain)) };
}

/** Everything about an outcome that must be the same each time. */
function answerOf({ usage, ...rest }: Outcome): string {
  return JSON.stringify([rest, usage.fuel, usage.memoryBytes]);
}

function faultsOf(outcome: Outcome, { fuel, memoryBytes }: Size): string[] {
  const { usage } = outcome;
  const faults: string[] = [];
  if (!outcome.ok && ["crash", "load", "deadline"].includes(outcome.failure.kind)) {
    faults.push(`${outcome.failure.kind}: ${outcome.failure.message}`);
  }
  if (!(usage.fuel > 0 && usage.fuel <= fuel)) faults.push(`it used ${usage.fuel} units of fuel`);
  if (usage.memoryBytes > memoryBytes) faults.push(`it used ${usage.memoryBytes} bytes`);
  return faults;
}

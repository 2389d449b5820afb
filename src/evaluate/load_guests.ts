import type { Artifact } from "../../sandbox/artifact.ts";
import { DEFAULT_LIMITS, type Limits } from "../../sandbox/limits.ts";
import type { GuestIsolate, LoadResult } from "../../sandbox/guest_isolate.ts";
import type { InstanceObserver } from "../../sandbox/instance_observer.ts";
import type { Isolate } from "../../sandbox/isolate.ts";
import { listed } from "../../sandbox/listed.ts";
import type { LoadIsolate } from "../../sandbox/load_isolate.ts";
import { type Failure, NOTHING } from "../../sandbox/outcome.ts";
import type { Guard, Guests } from "./case_context.ts";
import { ARMS } from "./case_result.ts";
import { parseDescription } from "./description_reply.ts";
import { ReplyError } from "./reply_fields.ts";
import type { RunSpec } from "./run_spec.ts";
import type { TaskDescription } from "./task_description.ts";

/** What the guests of a run are loaded from. */
export type GuestSpec = Pick<RunSpec, "task" | "baseline" | "candidate" | "limits">;

/** What watches the guests while they load. */
export interface LoadSupervision {
  guard: Guard;
  /** What watches the instances of one guest. */
  observe?(role: keyof Guests): InstanceObserver;
}

/**
 * Guests that are loaded, by role, each with what it was loaded from: they serve the next run that has the
 * same file and limits as well. A guest is reset to its image before each call, whosever it is.
 */
export type KeptGuests = Map<keyof Guests, { from: string; isolate: GuestIsolate }>;

/** A run's isolates and what the task says of itself; or what of the user's files is wrong. */
export type LoadedGuests =
  | { ok: true; guests: Guests; task: TaskDescription }
  | { ok: false; problem: string };

/** What is wrong with one of the user's files, for {@linkcode loadGuests} to return. */
class Problem extends Error {
  override readonly name = "Problem";
}

/**
 * Loads the task and both arms, each into an isolate of its own, and checks that they can be used.
 *
 * Whatever fails here is bad input of the whole run, an arm's endless top level included: there is no
 * case yet of which it could be a result (docs/evaluate.md).
 */
export function loadGuests(
  loadIsolate: LoadIsolate,
  spec: GuestSpec,
  supervision: LoadSupervision,
  kept: KeptGuests = new Map(),
): LoadedGuests {
  const load = (role: keyof Guests) => {
    const limits = limitsOf(role, spec.limits);
    const { kind, sha256, name } = spec[role];
    const from = JSON.stringify([kind, sha256, name, limits]);
    const before = kept.get(role);
    const known = before?.from === from ? before.isolate : undefined;
    // One that is to be replaced is let go first: two at a time would take twice the memory.
    if (known === undefined) kept.delete(role);
    const isolate = loadGuest(known, loadIsolate, role, spec[role], limits, supervision);
    kept.set(role, { from, isolate });
    return isolate;
  };
  try {
    const isolates = {
      task: load("task"),
      baseline: load("baseline"),
      candidate: load("candidate"),
    };
    const task = describeTask(isolates.task, spec.task.name, supervision.guard);
    for (const arm of ARMS) checkEntry(isolates[arm], arm, spec[arm].name, task);
    return { ok: true, guests: isolates, task };
  } catch (error) {
    if (error instanceof Problem) return { ok: false, problem: error.message };
    throw error;
  }
}

/** The limits are the arms': a task, whose libraries cost fuel to load, has at least the default fuel. */
function limitsOf(role: keyof Guests, limits: Limits): Limits {
  if (role !== "task") return limits;
  return { ...limits, fuel: Math.max(limits.fuel, DEFAULT_LIMITS.fuel) };
}

/** @param known The guest, where it is loaded: whoever watches sees the same calls then. */
function loadGuest(
  known: GuestIsolate | undefined,
  loadIsolate: LoadIsolate,
  role: keyof Guests,
  artifact: Artifact,
  limits: Limits,
  { guard, observe }: LoadSupervision,
): GuestIsolate {
  const options = observe === undefined ? {} : { observer: observe(role) };
  let loaded: LoadResult | undefined;
  // Loading runs user code, so it stands under the watchdog's eye.
  const watched = guard(() => {
    if (known === undefined) loaded = loadIsolate(artifact, limits, options);
    return NOTHING;
  });
  if (!watched.ok) throw notLoaded(role, artifact, watched.failure);
  if (known !== undefined) return known;
  if (loaded === undefined) throw new TypeError("Cannot load a guest as its guard made no call");
  if (!loaded.ok) throw notLoaded(role, artifact, loaded.failure);
  return loaded.isolate;
}

function notLoaded(role: string, { name }: Artifact, { message }: Failure): Problem {
  const reason = message.replace(/^Cannot load [^:]+: /, "it cannot be loaded: ");
  return new Problem(`Cannot use ${name} as the ${role}: ${reason}`);
}

function describeTask(task: Isolate, file: string, guard: Guard): TaskDescription {
  const outcome = guard(() => task.call("describe", []));
  if (!outcome.ok) throw new Problem(`Cannot use the task of ${file}: ${outcome.failure.message}`);
  try {
    const description = parseDescription(outcome.value);
    if ("problem" in description) {
      throw new Problem(`Cannot use the task of ${file} as ${description.problem}`);
    }
    return description;
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
    throw new Problem(`Cannot use the task of ${file}: ${error.message}`);
  }
}

function checkEntry(
  arm: GuestIsolate,
  role: string,
  file: string,
  { name, entry }: TaskDescription,
): void {
  const type = arm.exportType(entry);
  if (type === "function") return;
  const exports = arm.exports();
  const current = type !== undefined
    ? `its type is ${type}`
    : exports.length === 0
    ? "it exports nothing"
    : `it exports ${listed(exports)}`;
  const hint = arm.hint();
  throw new Problem(
    `Cannot use ${file} as the ${role} of the task ${JSON.stringify(name)} as it must export a ` +
      `function ${entry}: ${current}` +
      (hint === undefined ? "" : ` (it ${hint})`),
  );
}

import type { Artifact } from "../../sandbox/artifact.ts";
import type { CallOptions, Isolate } from "../../sandbox/isolate.ts";
import type { Limits } from "../../sandbox/limits.ts";
import type { Failure, Outcome } from "../../sandbox/outcome.ts";
import type { QuickJsGuest } from "../../sandbox/quickjs/engine.ts";
import type { InstanceObserver } from "../../sandbox/quickjs/instance_observer.ts";
import { GuestIsolate } from "../../sandbox/quickjs/isolate.ts";
import { type LoadingResult, loadInstance, type Recipe } from "../../sandbox/quickjs/loading.ts";
import type { Guard } from "../evaluate/case_context.ts";

/** What a mutant is loaded with. */
export interface MutantSpec {
  quickJs: QuickJsGuest;
  artifact: Artifact;
  limits: Limits;
  /** The function that the task calls. */
  entry: string;
  /** Most fuel of one call. */
  fuel: number;
}

/** The outcome of a call that has no result of its own. */
const NOTHING: Outcome = {
  ok: true,
  value: undefined,
  usage: { fuel: 0, memoryBytes: 0, wallMs: 0 },
  output: [],
};

/** Loads a mutant into an isolate of its own, or says why it is stillborn. In one go: jobs are synchronous. */
export function loadMutant(
  { quickJs, artifact, limits, entry, fuel }: MutantSpec,
  { guard, observer }: { guard: Guard; observer: InstanceObserver },
): { isolate: Isolate } | { failure: Failure } {
  const recipe: Recipe = { guest: quickJs, artifact, limits, stateful: false, observer };
  let loading: LoadingResult | undefined;
  // Loading runs user code, so it stands under the watchdog's eye.
  const watched = guard(() => {
    loading = loadInstance(recipe);
    return NOTHING;
  });
  if (!watched.ok) return { failure: watched.failure };
  if (loading === undefined) throw new TypeError("Cannot load a mutant as its guard made no call");
  if (!loading.ok) return { failure: loading.failure };
  const isolate = new GuestIsolate(recipe, loading.loaded);
  if (isolate.exportType(entry) !== "function") {
    return { failure: { kind: "load", message: `it exports no function ${entry}` } };
  }
  return { isolate: withFuel(isolate, fuel) };
}

/** The isolate with a fuel limit for each call: a mutant often runs for ever. */
function withFuel(isolate: Isolate, fuel: number): Isolate {
  return {
    call: (name, args, options: CallOptions = {}) =>
      isolate.call(name, args, { ...options, fuel: Math.min(fuel, options.fuel ?? fuel) }),
    reset: () => isolate.reset(),
    dispose: () => isolate.dispose(),
  };
}

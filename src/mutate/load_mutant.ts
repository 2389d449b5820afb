import type { Artifact } from "../../sandbox/artifact.ts";
import type { CallOptions, Isolate } from "../../sandbox/isolate.ts";
import type { Limits } from "../../sandbox/limits.ts";
import { type Failure, NOTHING } from "../../sandbox/outcome.ts";
import type { LoadResult } from "../../sandbox/guest_isolate.ts";
import type { InstanceObserver } from "../../sandbox/instance_observer.ts";
import type { LoadIsolate } from "../../sandbox/load_isolate.ts";
import type { Guard } from "../evaluate/case_context.ts";

/** What a mutant is loaded with. */
export interface MutantSpec {
  loadIsolate: LoadIsolate;
  artifact: Artifact;
  limits: Limits;
  /** The function that the task calls. */
  entry: string;
  /** Most fuel of one call. */
  fuel: number;
}

/** Loads a mutant into an isolate of its own, or says why it is stillborn. In one go: jobs are synchronous. */
export function loadMutant(
  { loadIsolate, artifact, limits, entry, fuel }: MutantSpec,
  { guard, observer }: { guard: Guard; observer: InstanceObserver },
): { isolate: Isolate } | { failure: Failure } {
  let loaded: LoadResult | undefined;
  // Loading runs user code, so it stands under the watchdog's eye.
  const watched = guard(() => {
    loaded = loadIsolate(artifact, limits, { observer });
    return NOTHING;
  });
  if (!watched.ok) return { failure: watched.failure };
  if (loaded === undefined) throw new TypeError("Cannot load a mutant as its guard made no call");
  if (!loaded.ok) return { failure: loaded.failure };
  const { isolate } = loaded;
  if (isolate.exportType(entry) !== "function") {
    return { failure: { kind: "load", message: `it exports no function ${entry}` } };
  }
  return { isolate: withFuel(isolate, fuel) };
}

/** The isolate with a fuel limit for each call: a mutant often runs for ever. */
function withFuel(isolate: Isolate, fuel: number): Isolate {
  return {
    exports: () => isolate.exports(),
    exportType: (name) => isolate.exportType(name),
    call: (name, args, options: CallOptions = {}) =>
      isolate.call(name, args, { ...options, fuel: Math.min(fuel, options.fuel ?? fuel) }),
    reset: () => isolate.reset(),
    dispose: () => isolate.dispose(),
  };
}

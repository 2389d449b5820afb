import type { LoadResult } from "../guest_isolate.ts";
import { isolateLoader } from "../load_isolate.ts";
import { NOTHING } from "../outcome.ts";
import type { CallInit, CallItem, CallJob } from "./once.ts";
import { serveJobs } from "./serve_jobs.ts";

/** The worker program of `runOnce`: one isolate. What the load printed comes before the call's output. */
serveJobs<CallInit, CallJob, CallItem>(
  async ({ engines, artifact, limits }, { guard, observe }) => {
    const loadIsolate = await isolateLoader(engines, [artifact]);
    let loaded: LoadResult | undefined;
    // It runs the user's code, so in sight of the watchdog.
    const watched = guard(() => {
      loaded = loadIsolate(artifact, limits, { observer: observe("code") });
      return NOTHING;
    });
    return ({ name, args, seed }, context) => {
      if (loaded?.ok === false && loaded.isRefused) {
        return context.emit({ refused: loaded.failure.message });
      }
      if (loaded?.ok !== true) return context.emit({ outcome: loaded ?? watched });
      const { isolate, output } = loaded;
      if (isolate.exportType(name) !== "function") {
        const { failure } = isolate.refuse(name);
        return context.emit({ refused: failure.message });
      }
      const outcome = context.guard(() => isolate.call(name, args, { seed }));
      context.emit({ outcome: { ...outcome, output: [...output, ...outcome.output] } });
    };
  },
);

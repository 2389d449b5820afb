import type { Outcome } from "../outcome.ts";
import { loadQuickJsIsolate, type LoadResult } from "../quickjs/isolate.ts";
import type { CallInit, CallItem, CallJob } from "./once.ts";
import { serveJobs } from "./serve_jobs.ts";

const LOADED: Outcome = {
  ok: true,
  value: undefined,
  usage: { fuel: 0, memoryBytes: 0, wallMs: 0 },
  output: [],
};

/** The worker program of `runOnce`: one isolate. What the load printed comes before the call's output. */
serveJobs<CallInit, CallJob, CallItem>(
  async ({ guest, artifact, limits }, { guard, observe }) => {
    let loading: Promise<LoadResult> | undefined;
    const watched = guard(() => {
      // It runs the user's code before it gives its promise back, so in sight of the watchdog.
      loading = loadQuickJsIsolate(guest, artifact, limits, { observer: observe("code") });
      return LOADED;
    });
    const loaded = watched.ok ? await loading : undefined;
    return ({ name, args, seed }, context) => {
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

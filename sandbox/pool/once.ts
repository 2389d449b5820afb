import type { Artifact } from "../artifact.ts";
import { mapStackTrace } from "../bundle/stack_trace.ts";
import { SandboxError } from "../errors.ts";
import type { Limits } from "../limits.ts";
import type { Outcome } from "../outcome.ts";
import { type Engines, loadEngines } from "../engines.ts";
import { encode } from "../values/encode.ts";
import type { Value } from "../values/value.ts";
import { WorkerPool } from "./worker_pool.ts";

/** What the worker of one call is started with. */
export interface CallInit {
  engines: Engines;
  artifact: Artifact;
  limits: Limits;
}

/** The call. */
export interface CallJob {
  name: string;
  args: readonly Value[];
  seed: readonly [number, number, number, number];
}

/** What the worker answers: the outcome, or why there is nothing to call. */
export type CallItem = { outcome: Outcome } | { refused: string };

/** What {@linkcode runOnce} takes. */
export interface RunOnceOptions {
  artifact: Artifact;
  limits: Limits;
  /** Name of the exported function to call. */
  entry: string;
  args: readonly Value[];
  /** Seeds the guest's `Math.random`: an unsigned 32-bit integer. */
  seed: number;
  /** Stops the call; the promise then rejects with the signal's reason. */
  signal?: AbortSignal;
}

const PROGRAM = new URL("./call_worker.ts", import.meta.url);

/**
 * Makes one call of one artifact, in a worker thread of its own, under the watchdog.
 *
 * The output of a call starts with what the code printed while it was loaded. Loading and calling have
 * the limits each for itself.
 *
 * @throws {CodecError} for arguments that cannot cross the boundary.
 * @throws {SandboxError} `bad-source` where the artifact is refused before anything of it runs, or exports no
 * such function; `worker` where the
 * worker cannot be started.
 */
export async function runOnce(options: RunOnceOptions): Promise<Outcome> {
  const { artifact, limits, entry, args, seed, signal } = options;
  // Refused here, where it is the caller's mistake, and not in the worker.
  encode(args);
  const pool = new WorkerPool<CallInit, CallJob, CallItem>({
    program: PROGRAM,
    size: 1,
    init: { engines: await loadEngines([artifact]), artifact, limits },
    deadlineMs: limits.deadlineMs,
  });
  const job: CallJob = { name: entry, args, seed: [seed, 0, 0, 0] };
  const items: CallItem[] = [];
  try {
    await pool.run(job, {
      onItem: (item) => items.push(item),
      resume: (delivered) => delivered === 0 ? job : null,
      ...(signal === undefined ? {} : { signal }),
    });
  } finally {
    await pool.close();
  }
  const [item] = items;
  if (item === undefined) throw new TypeError("Cannot give the outcome as the worker gave none");
  if ("refused" in item) throw new SandboxError("bad-source", item.refused);
  return withUserPlaces(item.outcome, artifact);
}

/** The outcome with a stack trace that points at the user's files. */
function withUserPlaces(outcome: Outcome, artifact: Artifact): Outcome {
  if (outcome.ok || outcome.failure.stack === undefined) return outcome;
  const { kind, message } = outcome.failure;
  const stack = mapStackTrace(outcome.failure.stack, artifact);
  return { ...outcome, failure: stack === "" ? { kind, message } : { kind, message, stack } };
}

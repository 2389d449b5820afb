import * as z from "zod";
import { type Limits, limitsSchema } from "../sandbox/limits.ts";
import { loadQuickJs } from "../sandbox/quickjs/engine.ts";
import { LocalDispatcher } from "./dispatch/local.ts";
import { MOST_REPETITIONS } from "./evaluate/run_spec.ts";
import { bundleSources, type SourceFiles } from "./evaluate/sources.ts";
import { type PolicyInput, policySchema } from "./gate/policy_schema.ts";
import { parseOptions, SEED } from "./options.ts";
import type { Report } from "./report/report.ts";
import { DEFAULT_CASES, runReport } from "./report/run_report.ts";
import type { Dispatcher } from "./evaluate/dispatcher.ts";
import { type ClusterOptions, clusterOptionsSchema } from "./cluster/cluster_options.ts";
import type { ControllerEvent, Observer } from "./cluster/events.ts";
import { coreCount } from "./runtime/host.ts";
import { importLate } from "./runtime/late_import.ts";

/** Most cases of one run. */
export const MOST_CASES = 1_000_000;

/** Most worker threads of one run. */
export const MOST_WORKERS = 256;

/** Most inputs that may be tried to make one violation smaller. */
export const MOST_SHRINK_TRIES = 100_000;

/** Inputs that are tried to make one violation smaller, where nobody says how many. */
export const DEFAULT_SHRINK_TRIES = 400;

/** What {@linkcode evaluateFiles} takes. What is left out takes its default. */
export interface EvaluateFilesOptions extends SourceFiles {
  /** Number of cases, 1 to a million; by default 400, or as many as a task of fixed cases has. */
  n?: number;
  /** An unsigned 32-bit integer; 42 by default. The same seed gives the same report. */
  seed?: number;
  limits?: Partial<Limits>;
  policy?: PolicyInput | undefined;
  /** How often each case runs, each time with another isolate seed: 1 to 20; 1 by default. */
  stability?: number | undefined;
  /** Most tries to shrink each failing input; 0 turns it off; 400 by default. */
  shrink?: number | undefined;
  /** Whether the report holds the artifacts, so that its cases can be replayed; true by default. */
  keepsSources?: boolean;
  /** Number of worker threads, one for each core by default. The report does not depend on it. */
  workers?: number;
  /** A cluster that executes the cases in place of threads of this machine: see docs/cluster.md. */
  cluster?: ClusterOptions | undefined;
  /** Aborting it stops the run and all its threads. */
  signal?: AbortSignal;
  /** Hears how many cases are done, and how many there are. */
  onProgress?: (done: number, n: number) => void;
  /** Hears that the cluster is reached. */
  onConnected?: () => void;
  /** Hears that a cluster's run goes on that another process began, and how many of its batches are done. */
  onResumed?: (batches: number) => void;
  /** Hears what is missing where no node of the cluster takes the cases: the end of "waiting for". */
  onWaiting?: (reason: string) => void;
  /** Hears what people should know of the cluster, a line at a time. */
  onNotice?: (line: string) => void;
  /** Hears what the controller of the cluster's run does, for metrics. */
  observe?: Observer<ControllerEvent> | undefined;
}

/** Unknown options are refused: most often they are misspelt. */
const settingsSchema = z.strictObject({
  task: z.string(),
  baseline: z.string(),
  candidate: z.string(),
  signal: z.instanceof(AbortSignal).optional(),
  onConnected: z.custom<NonNullable<EvaluateFilesOptions["onConnected"]>>(isFunction).optional(),
  onResumed: z.custom<NonNullable<EvaluateFilesOptions["onResumed"]>>(isFunction).optional(),
  onWaiting: z.custom<NonNullable<EvaluateFilesOptions["onWaiting"]>>(isFunction).optional(),
  onNotice: z.custom<NonNullable<EvaluateFilesOptions["onNotice"]>>(isFunction).optional(),
  observe: z.custom<Observer<ControllerEvent>>(isFunction).optional(),
  onProgress: z.custom<NonNullable<EvaluateFilesOptions["onProgress"]>>(isFunction).optional(),
  keepsSources: z.boolean().default(true),
  n: z.int().min(1).max(MOST_CASES).optional(),
  seed: SEED,
  limits: limitsSchema,
  policy: policySchema,
  stability: z.int().min(1).max(MOST_REPETITIONS).default(1),
  shrink: z.int().min(0).max(MOST_SHRINK_TRIES).default(DEFAULT_SHRINK_TRIES),
  workers: z.int().min(1).max(MOST_WORKERS).default(coreCount),
  cluster: clusterOptionsSchema.optional(),
});

function isFunction(value: unknown): boolean {
  return typeof value === "function";
}

/**
 * Evaluates a candidate against a baseline on generated cases. None of the files' code runs outside of
 * an isolate.
 *
 * @throws {CupelError} `bad-input` for an option out of range, or a task or arm that cannot be used;
 * `cancelled` where the signal was aborted.
 * @throws {SandboxError} `bad-source` for a file that cannot be read or bundled.
 */
export async function evaluateFiles(options: EvaluateFilesOptions): Promise<Report> {
  const startedAt = performance.now();
  const settings = parseOptions(settingsSchema, options);
  const { task, baseline, candidate, n, seed, limits, policy, shrink } = settings;
  const { stability: repetitions, keepsSources, signal, onProgress } = settings;
  // Nothing of the guest depends on the sources: it is made ready while esbuild, another process, works.
  const guest = loadQuickJs();
  guest.catch(() => {}); // Whoever needs the guest sees the error; it must not end the process.
  const dispatcher = await openDispatcher(settings);
  try {
    const sources = await bundleSources({ task, baseline, candidate });
    return await runReport({ ...sources, n, seed, limits, repetitions }, dispatcher, {
      policy,
      shrink,
      keepsSources,
      startedAt,
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
    });
  } finally {
    await dispatcher.close();
  }
}

async function openDispatcher(
  { n, limits, workers, cluster, onConnected, ...listeners }: z.infer<typeof settingsSchema>,
): Promise<Dispatcher> {
  if (cluster !== undefined) {
    const { openClusterDispatcher } = await importLate<typeof import("./cluster/open.ts")>(
      "./cluster/open.ts",
      import.meta.url,
    );
    const dispatcher = await openClusterDispatcher(cluster, listeners);
    onConnected?.();
    return dispatcher;
  }
  const dispatcher = new LocalDispatcher(workers);
  dispatcher.warmUp({ n: n ?? DEFAULT_CASES, limits });
  return dispatcher;
}

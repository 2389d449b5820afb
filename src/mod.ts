/**
 * Cupel as a library: evaluate a candidate against a baseline, or run one untrusted function.
 *
 * @example
 * ```ts
 * import { evaluateFiles } from "cupel";
 *
 * const report = await evaluateFiles({
 *   task: "examples/top-k/task.ts",
 *   baseline: "examples/top-k/baseline.ts",
 *   candidate: "examples/top-k/heap.ts",
 * });
 * if (report.verdict !== "adopt") throw new Error(report.reason);
 * ```
 *
 * @module
 */
import * as z from "zod";
import { bundle } from "../sandbox/bundle/bundle.ts";
import { type Limits, limitsSchema } from "../sandbox/limits.ts";
import type { Outcome } from "../sandbox/outcome.ts";
import { runOnce } from "../sandbox/pool/once.ts";
import { loadQuickJs } from "../sandbox/quickjs/engine.ts";
import type { Value } from "../sandbox/values/value.ts";
import { LocalDispatcher } from "./dispatch/local.ts";
import { CupelError } from "./errors.ts";
import { bundleSources, type SourceFiles } from "./evaluate/sources.ts";
import { type PolicyInput, policySchema } from "./gate/policy_schema.ts";
import type { Report } from "./report/report.ts";
import { DEFAULT_CASES, runReport } from "./report/run_report.ts";
import { coreCount } from "./runtime/host.ts";

export { CupelError, type ErrorCode } from "./errors.ts";
export { DEFAULT_POLICY, type Policy } from "./gate/policy.ts";
export type { PolicyInput } from "./gate/policy_schema.ts";
export { parsePolicyText } from "./gate/policy_text.ts";
export { parsePolicyToml } from "./gate/policy_toml.ts";
export type { RuleResult, RuleStatus } from "./gate/rule.ts";
export type { Verdict } from "./gate/verdict.ts";
export { formatValue } from "./report/format_value.ts";
export { reportJson } from "./report/json.ts";
export type { ArmReport, Report, ViolationReport } from "./report/report.ts";
export { reportText } from "./report/text.ts";
export {
  type Replay,
  replayFiles,
  type ReplayFilesOptions,
  type ReplayOptions,
  replayReport,
} from "./replay.ts";
export { VERSION } from "./version.ts";
export { SandboxError } from "../sandbox/errors.ts";
export { DEFAULT_LIMITS, type Limits } from "../sandbox/limits.ts";
export type { Failure, FailureKind, Outcome, Usage } from "../sandbox/outcome.ts";
export type { Value } from "../sandbox/values/value.ts";

/** Most cases of one run. */
export const MOST_CASES = 1_000_000;

/** Most worker threads of one run. */
export const MOST_WORKERS = 256;

/** Most repetitions of each case. */
export const MOST_REPETITIONS = 20;

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
  /** Number of worker threads, one for each core by default. The report does not depend on it. */
  workers?: number;
  /** Aborting it stops the run and all its threads. */
  signal?: AbortSignal;
  /** Hears how many cases are done, and how many there are. */
  onProgress?: (done: number, n: number) => void;
}

const settingsSchema = z.object({
  n: z.int().min(1).max(MOST_CASES).optional(),
  seed: z.int().min(0).max(4_294_967_295).default(42),
  limits: limitsSchema,
  policy: policySchema,
  stability: z.int().min(1).max(MOST_REPETITIONS).default(1),
  shrink: z.int().min(0).max(MOST_SHRINK_TRIES).default(DEFAULT_SHRINK_TRIES),
  workers: z.int().min(1).max(MOST_WORKERS).default(coreCount),
});

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
  const { task, baseline, candidate, signal, onProgress } = options;
  const settings = parse(settingsSchema, options);
  const { n, seed, limits, policy, workers, stability: repetitions, shrink } = settings;
  // Nothing of the guest depends on the sources: it is made ready while esbuild, another process, works.
  const guest = loadQuickJs();
  guest.catch(() => {}); // Whoever needs the guest sees the error; it must not end the process.
  const dispatcher = new LocalDispatcher(workers);
  try {
    dispatcher.warmUp({ n: n ?? DEFAULT_CASES, limits });
    const sources = await bundleSources({ task, baseline, candidate });
    return await runReport({ ...sources, n, seed, limits, repetitions }, dispatcher, {
      policy,
      shrink,
      startedAt,
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
    });
  } finally {
    await dispatcher.close();
  }
}

/** What {@linkcode runFile} takes. What is left out takes its default. */
export interface RunFileOptions {
  /** A TypeScript or JavaScript file. */
  file: string;
  /** The exported function to call. */
  call: string;
  args?: Value[];
  /** Seeds the guest's `Math.random`: an unsigned 32-bit integer; 42 by default. */
  seed?: number;
  limits?: Partial<Limits>;
  /** Aborting it ends the call; the promise then rejects with the signal's reason. */
  signal?: AbortSignal;
}

const callSchema = settingsSchema.pick({ seed: true, limits: true });

/**
 * Calls one exported function of an untrusted file in an isolate of its own. What the guest does wrong
 * is an outcome, never a throw.
 *
 * @throws {CupelError} `bad-input` for an option out of range.
 * @throws {SandboxError} `bad-source` for a file that cannot be read or bundled.
 */
export async function runFile(options: RunFileOptions): Promise<Outcome> {
  const { file, call, args = [], signal } = options;
  const { seed, limits } = parse(callSchema, options);
  const artifact = await bundle({ entry: file });
  const job = { artifact, limits, entry: call, args, seed };
  return await runOnce(signal ? { ...job, signal } : job);
}

function parse<Output>(schema: z.ZodType<Output>, options: object): Output {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  throw new CupelError("bad-input", `Cannot use the option ${field}: ${issue?.message}`);
}

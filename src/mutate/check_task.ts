import * as z from "zod";
import { bundle } from "../../sandbox/bundle/bundle.ts";
import { type Limits, limitsSchema } from "../../sandbox/limits.ts";
import { loadEngines } from "../../sandbox/engines.ts";
import { CupelError } from "../errors.ts";
import { bundleTask } from "../evaluate/sources.ts";
import { coreCount } from "../runtime/host.ts";
import { buildReport } from "./build_report.ts";
import { judgeMutants, type JudgeOptions } from "./judge_mutants.ts";
import type { JudgeInit } from "./mutant_judge.ts";
import { mutants, sample } from "./mutants.ts";
import { OPERATORS } from "./operators/catalogue.ts";
import type { CheckTaskReport } from "./report.ts";

/** Names of all mutation operators. */
export const OPERATOR_NAMES: readonly string[] = OPERATORS.map(({ name }) => name);

/** Most cases that mutants are judged on: all of them are held in memory. */
export const MOST_CHECK_CASES = 100_000;

/** Most mutants that may be asked for. */
export const MOST_MUTANTS = 1_000_000;

/** Mutants that are judged at most, where nobody says how many. */
export const DEFAULT_MUTANTS = 500;

/** What {@linkcode checkTask} takes. What is left out takes its default. */
export interface CheckTaskOptions {
  /** File that exports the task. */
  task: string;
  /** File with the program to put faults into; it must pass the task. */
  baseline: string;
  /** Number of cases for each mutant: by default 100, or as many as a task of fixed cases has. */
  n?: number | undefined;
  /** An unsigned 32-bit integer; 42 by default. The same seed gives the same report. */
  seed?: number | undefined;
  limits?: Partial<Limits> | undefined;
  /** Names of operators; all of them by default. */
  operators?: readonly string[] | undefined;
  /** Most mutants that are judged; 500 by default. Of more, a sample is judged. */
  most?: number | undefined;
  /** Number of worker threads, one for each core by default. The report does not depend on it. */
  workers?: number | undefined;
  /** Aborting it stops everything. */
  signal?: AbortSignal | undefined;
  /** Hears how many mutants are judged, and how many there are. */
  onProgress?: JudgeOptions["onProgress"];
}

const settingsSchema = z.object({
  n: z.int().min(1).max(MOST_CHECK_CASES).optional(),
  seed: z.int().min(0).max(4_294_967_295).default(42),
  limits: limitsSchema,
  operators: z.array(z.enum(OPERATOR_NAMES)).min(1).default([...OPERATOR_NAMES]),
  most: z.int().min(1).max(MOST_MUTANTS).default(DEFAULT_MUTANTS),
  workers: z.int().min(1).max(256).default(coreCount),
});

/**
 * Tests a judge: puts small faults into a baseline, one at a time, and tells which of them the task finds.
 * None of the files' code runs outside of an isolate.
 *
 * @throws {CupelError} `bad-input` for an option out of range, a task or baseline that cannot be used, a
 * baseline that does not pass its own cases or that no operator applies to; `cancelled` where the signal
 * was aborted.
 * @throws {SandboxError} `bad-source` for a file that cannot be read or bundled.
 */
export async function checkTask(options: CheckTaskOptions): Promise<CheckTaskReport> {
  const { signal, onProgress } = options;
  const { n, seed, limits, operators, most, workers } = parse(options);
  const [task, baseline] = await Promise.all([
    bundleTask(options.task),
    bundle({ entry: options.baseline }),
  ]);
  const found = mutants(baseline, operators);
  if (found.length === 0) throw nothingToMutate(options);
  const taken = sample(found, most);
  const engines = await loadEngines([task, baseline]);
  const init: JudgeInit = { engines, task, baseline, limits, seed, n };
  const judged = await judgeMutants(init, taken, { workers, signal, onProgress });
  return buildReport({ init, operators, found: found.length, mutants: taken, judged });
}

function nothingToMutate({ baseline, operators }: CheckTaskOptions): CupelError {
  const which = operators === undefined ? "a mutation operator" : `one of ${operators.join(", ")}`;
  return new CupelError(
    "bad-input",
    `Cannot check the task with ${baseline} as it must have code that ${which} applies to`,
  );
}

function parse(options: CheckTaskOptions) {
  const parsed = settingsSchema.safeParse(options);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  throw new CupelError("bad-input", `Cannot use the option ${field}: ${issue?.message}`);
}

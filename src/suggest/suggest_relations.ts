import * as z from "zod";
import { bundle } from "../../sandbox/bundle/bundle.ts";
import { type Limits, limitsSchema } from "../../sandbox/limits.ts";
import { LocalDispatcher } from "../dispatch/local.ts";
import { CupelError } from "../errors.ts";
import type { JudgedCase } from "../evaluate/case_result.ts";
import type { Dispatcher } from "../evaluate/dispatcher.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import type { RunSpec } from "../evaluate/run_spec.ts";
import { bundleTrials } from "../evaluate/sources.ts";
import type { TaskDescription } from "../evaluate/task_description.ts";
import { coreCount } from "../runtime/host.ts";
import { simplerForm } from "./simpler_form.ts";
import { type RelationTrial, TrialCounter } from "./trial_counter.ts";

/** Cases where nobody says how many. */
export const DEFAULT_SUGGEST_CASES = 100;

/** Most cases that may be asked for. */
export const MOST_SUGGEST_CASES = 10_000;

/** What {@linkcode suggestRelations} takes. What is left out takes its default. */
export interface SuggestOptions {
  /** File that exports the task; its own relations are not looked at. */
  task: string;
  /** File with the program that the relations must hold for. */
  baseline: string;
  /** Number of cases: by default 100, or as many as a task of fixed cases has. */
  n?: number | undefined;
  /** An unsigned 32-bit integer; 42 by default. The same seed gives the same suggestions. */
  seed?: number | undefined;
  limits?: Partial<Limits> | undefined;
  /** Number of worker threads, one for each core by default. The suggestions do not depend on it. */
  workers?: number | undefined;
  /** Aborting it stops everything. */
  signal?: AbortSignal | undefined;
  /** Hears how many cases are done, and how many there are. */
  onProgress?: ((done: number, n: number) => void) | undefined;
}

/** What came of trying the library's relations on a baseline. */
export interface SuggestReport {
  task: string;
  n: number;
  seed: number;
  /** Cases in which the baseline answered; relations are tried on no other. */
  answered: number;
  /** Fewest cases that a relation must apply to, to be suggested. */
  leastApplied: number;
  /** Those that never failed, and applied often enough. */
  suggested: RelationTrial[];
  /** Those that held as well, but say no more than one that is suggested. */
  implied: RelationTrial[];
  /** Those that failed, the least often failing first: no relation of this task, or a fault of the baseline. */
  failed: RelationTrial[];
  /** Those that never failed, but hardly ever applied. */
  rarelyApplied: RelationTrial[];
}

const settingsSchema = z.object({
  n: z.int().min(1).max(MOST_SUGGEST_CASES).optional(),
  seed: z.int().min(0).max(4_294_967_295).default(42),
  limits: limitsSchema,
  workers: z.int().min(1).max(256).default(coreCount),
});

/**
 * Proposes relations for a task: tries each one of the library that fits the shape of the inputs on
 * sampled cases, with the baseline against itself. Nothing of the user's files runs outside of an
 * isolate.
 *
 * A relation that holds on all sampled cases need not be what is meant: a person decides.
 *
 * @throws {CupelError} `bad-input` for an option out of range, or a file that cannot be used; `cancelled`
 * where the signal was aborted.
 * @throws {SandboxError} `bad-source` for a file that cannot be read or bundled.
 */
export async function suggestRelations(options: SuggestOptions): Promise<SuggestReport> {
  const { n, seed, limits, workers } = parse(options);
  const [task, baseline] = await Promise.all([
    bundleTrials(options.task),
    bundle({ entry: options.baseline }),
  ]);
  const asked = n ?? DEFAULT_SUGGEST_CASES;
  const run = { task, baseline, candidate: baseline, n: asked, seed, limits, repetitions: 1 };
  const dispatcher = new LocalDispatcher(workers);
  try {
    const description = await dispatcher.prepare(run, options.signal);
    const spec = { ...run, n: numberOfCases(n, description) };
    return await tryRelations(spec, description, dispatcher, options);
  } finally {
    await dispatcher.close();
  }
}

async function tryRelations(
  run: RunSpec,
  task: TaskDescription,
  dispatcher: Dispatcher,
  { signal, onProgress }: SuggestOptions,
): Promise<SuggestReport> {
  const counter = new TrialCounter(task.relations);
  const failing: JudgedCase[] = [];
  let done = 0;
  for await (const result of evaluate(run, dispatcher, signal ? { signal } : {})) {
    onProgress?.(++done, run.n);
    if (!result.valid) continue;
    counter.add(result);
    if (result.arms.baseline.failure !== undefined) failing.push(result);
  }
  // A result does not say which follow-up's call failed: those cases are looked at once more.
  const addresses = failing.map(({ index }) => ({ index, path: [] }));
  const details = addresses.length === 0 ? [] : await dispatcher.examine(run, addresses, signal);
  for (const detail of details) counter.addFailures(detail);
  return report(run, task, counter);
}

/** A tenth of the cases that were answered, and at least five of them where there are so many. */
function leastOf(answered: number): number {
  return Math.max(1, Math.min(5, answered), Math.ceil(answered / 10));
}

function report(run: RunSpec, task: TaskDescription, counter: TrialCounter): SuggestReport {
  const trials = counter.trials();
  const leastApplied = leastOf(counter.answered);
  const unfailing = trials.filter(({ failed }) => failed === 0);
  const often = unfailing.filter(({ applied }) => applied >= leastApplied);
  const codes = new Set(often.map(({ code }) => code));
  const isImplied = ({ code }: RelationTrial) => codes.has(simplerForm(code) ?? "");
  return {
    task: task.name,
    n: run.n,
    seed: run.seed,
    answered: counter.answered,
    leastApplied,
    suggested: often.filter((trial) => !isImplied(trial)),
    implied: often.filter(isImplied),
    failed: trials.filter(({ failed }) => failed > 0).sort(fewestFailuresFirst),
    rarelyApplied: unfailing.filter(({ applied }) => applied > 0 && applied < leastApplied),
  };
}

/** What fails seldom is most likely to be meant, and to show a fault of the baseline. */
function fewestFailuresFirst(one: RelationTrial, other: RelationTrial): number {
  return one.failed / one.applied - other.failed / other.applied;
}

/** How many cases are tried: no more than a task of fixed cases has. */
function numberOfCases(
  asked: number | undefined,
  { name, fixedCases, generates }: TaskDescription,
): number {
  if (generates) return asked ?? DEFAULT_SUGGEST_CASES;
  if (asked === undefined) return Math.min(fixedCases, DEFAULT_SUGGEST_CASES);
  if (asked <= fixedCases) return asked;
  throw new CupelError(
    "bad-input",
    `Cannot try ${asked} cases as the task ${
      JSON.stringify(name)
    } has ${fixedCases} fixed ones and ` +
      `generates none: ask for at most ${fixedCases}`,
  );
}

function parse(options: SuggestOptions): z.infer<typeof settingsSchema> {
  const parsed = settingsSchema.safeParse(options);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  throw new CupelError("bad-input", `Cannot use the option ${field}: ${issue?.message}`);
}

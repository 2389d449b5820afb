import { fileURLToPath } from "node:url";
import { DEFAULT_LIMITS, type Limits } from "../../sandbox/limits.ts";
import type { ArmResult, CaseResult } from "../../src/evaluate/case_result.ts";
import type { Dispatcher } from "../../src/evaluate/dispatcher.ts";
import { evaluate } from "../../src/evaluate/evaluate.ts";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";
import { bundleSources, type SourceFiles } from "../../src/evaluate/sources.ts";

/** Absolute path of a file of the project. */
export function projectFile(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** What a test's run differs in from a run of top-k with its baseline as its candidate. */
export interface RunChanges extends Partial<SourceFiles> {
  n?: number;
  seed?: number;
  repetitions?: number;
  limits?: Partial<Limits>;
}

/** A run over files of the project, named by their paths from its root. */
export async function makeRun(changes: RunChanges = {}): Promise<RunSpec> {
  const { n = 20, seed = 42, repetitions = 1, limits, ...files } = changes;
  const { task, baseline } = {
    task: "examples/top-k/task.ts",
    baseline: "examples/top-k/baseline.ts",
    ...files,
  };
  const { candidate = baseline } = files;
  const sources = await bundleSources({
    task: projectFile(task),
    baseline: projectFile(baseline),
    candidate: projectFile(candidate),
  });
  return { ...sources, n, seed, repetitions, limits: { ...DEFAULT_LIMITS, ...limits } };
}

/** A run over fixtures, named without folder and ending; the candidate is the baseline if left out. */
export function makeFixtureRun(
  task: string,
  arms: { baseline: string; candidate?: string },
  changes: Omit<RunChanges, keyof SourceFiles> = {},
): Promise<RunSpec> {
  const arm = (name: string) => `tests/fixtures/arms/${name}.ts`;
  return makeRun({
    ...changes,
    task: `tests/fixtures/tasks/${task}.ts`,
    baseline: arm(arms.baseline),
    candidate: arm(arms.candidate ?? arms.baseline),
  });
}

/** Prepares and evaluates a run, and closes the dispatcher. */
export async function collect(run: RunSpec, dispatcher: Dispatcher): Promise<CaseResult[]> {
  try {
    await dispatcher.prepare(run);
    const results: CaseResult[] = [];
    for await (const result of evaluate(run, dispatcher)) results.push(result);
    return results;
  } finally {
    await dispatcher.close();
  }
}

/** The results without what may differ from one execution to the next. */
export function withoutTimes(results: readonly CaseResult[]): CaseResult[] {
  const timeless = (arm: ArmResult): ArmResult => ({ ...arm, usage: { ...arm.usage, wallMs: 0 } });
  return results.map((result) => {
    if (!result.valid) return result;
    const { baseline, candidate } = result.arms;
    return { ...result, arms: { baseline: timeless(baseline), candidate: timeless(candidate) } };
  });
}

/** The results of cases that could be judged; there must be no other. */
export function judgedOnly(results: readonly CaseResult[]): (CaseResult & { valid: true })[] {
  return results.map((result) => {
    if (result.valid) return result;
    throw new Error(`case ${result.index} could not be judged: ${result.error.message}`);
  });
}

import { armResult, type ArmRun, runArm } from "./arm_run.ts";
import type { CaseContext } from "./case_context.ts";
import type { Arm, ArmResult } from "./case_result.ts";
import type { PlannedCase } from "./task_calls.ts";

/**
 * Runs an arm's case again, each time with other random numbers, and joins what came out.
 *
 * The case is passed only where it passed every time, and what it broke, of which relations, is that of
 * the first time that broke something. Usage, metrics and the output's digest are the first run's, so
 * that they mean the same whatever the number of repetitions.
 */
export function repeatArm(
  context: CaseContext,
  arm: Arm,
  planned: PlannedCase,
  first: ArmRun,
): ArmResult {
  let joined = armResult(first, context);
  const { passed, outputDigest } = joined;
  for (const run of otherRuns(context, arm, planned, first)) {
    const again = armResult(run, context);
    if (again.passed !== passed) joined = { ...broken(joined, again), unstable: "judgement" };
    else if (again.outputDigest !== outputDigest) joined = { unstable: "output", ...joined };
  }
  return joined;
}

/** The joined result with what a repetition broke, where nothing was broken before. */
function broken(joined: ArmResult, again: ArmResult): ArmResult {
  if (!joined.passed || again.passed) return joined;
  const { passed, violations, checked, failure } = again;
  return { ...joined, passed, violations, checked, ...(failure === undefined ? {} : { failure }) };
}

/** The first of an arm's repetitions that broke something; its first run where none did. */
export function firstBroken(
  context: CaseContext,
  arm: Arm,
  planned: PlannedCase,
  first: ArmRun,
): ArmRun {
  if (!armResult(first, context).passed) return first;
  for (const run of otherRuns(context, arm, planned, first)) {
    if (!armResult(run, context).passed) return run;
  }
  return first;
}

/** An arm's repetitions of a case but for the first, each run as it is asked for. */
function* otherRuns(
  context: CaseContext,
  arm: Arm,
  planned: PlannedCase,
  first: ArmRun,
): Generator<ArmRun, void, void> {
  for (let repetition = 1; repetition < context.repetitions; repetition++) {
    yield runArm(context, arm, planned, repetition, first);
  }
}

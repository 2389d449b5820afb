import { armResult, type ArmRun, runArm } from "./arm_run.ts";
import type { CaseContext } from "./case_context.ts";
import type { Arm, ArmResult } from "./case_result.ts";
import type { PlannedCase } from "./task_calls.ts";

/**
 * Runs an arm's case again, each time with other random numbers, and joins what came out.
 *
 * The case is passed only where it passed every time, and what it broke, of which relations, is that of
 * the first time that broke something. Usage, metrics and the output's digest are the first run's, so that they mean the same
 * whatever the number of repetitions.
 */
export function repeatArm(
  context: CaseContext,
  arm: Arm,
  planned: PlannedCase,
  first: ArmRun,
): ArmResult {
  let joined = armResult(first, context);
  const { passed, outputDigest } = joined;
  for (let repetition = 1; repetition < context.repetitions; repetition++) {
    const again = armResult(runArm(context, arm, planned, repetition, first), context);
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

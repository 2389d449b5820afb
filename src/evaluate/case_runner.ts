import type { Failure } from "../../sandbox/outcome.ts";
import { type ArmRun, bounded, candidateCase, runArm } from "./arm_run.ts";
import type { CaseContext } from "./case_context.ts";
import type { Arm, ArmResult, CaseResult, InvalidCase } from "./case_result.ts";
import { repeatArm } from "./repeat.ts";
import { planCase, type PlannedCase } from "./task_calls.ts";

const MOST_INPUT_CHARACTERS = 64 * 1024;

/** A case that both arms ran; or why it could not be judged. */
export type CaseRun =
  | {
    /** The case as each arm was asked and judged. */
    planned: Record<Arm, PlannedCase>;
    arms: Record<Arm, ArmRun>;
  }
  | InvalidCase;

/**
 * Runs one case: the task plans it, both arms answer on identical inputs, the task judges.
 *
 * Synchronous, and a function of the artifacts, the seed, the limits and the index alone (wall-clock
 * times apart): whoever runs the case gets the same result. Who is blamed for which failure stands
 * in docs/evaluate.md.
 */
export function runCase(context: CaseContext, index: number): CaseResult {
  const run = runArms(context, index);
  if ("valid" in run) return run;
  const { planned } = run;
  const arms = {
    baseline: repeatArm(context, "baseline", planned.baseline, run.arms.baseline),
    candidate: repeatArm(context, "candidate", planned.candidate, run.arms.candidate),
  };
  const { cluster, group } = planned.baseline;
  return {
    index,
    valid: true,
    ...describeInput(planned.baseline, arms),
    ...(cluster === undefined ? {} : { cluster }),
    ...(group === undefined ? {} : { group }),
    arms,
  };
}

/** Runs one case, or what a path of shrinks makes of it, once on each arm. */
export function runArms(context: CaseContext, index: number, path?: readonly number[]): CaseRun {
  const planned = planCase(context, index, path);
  if ("failure" in planned) return invalid(index, "Cannot generate the case", planned.failure);
  const baseline = runArm(context, "baseline", planned, 0);
  if ("failure" in baseline.judged) {
    return invalid(index, "Cannot judge the baseline's output", baseline.judged.failure);
  }
  const compared = candidateCase(context, planned, baseline);
  const candidate = runArm(context, "candidate", compared, 0, baseline);
  return { planned: { baseline: planned, candidate: compared }, arms: { baseline, candidate } };
}

/** The input's digest and size; the input itself where a person may want to look at it. */
function describeInput(
  { input, text, digest }: PlannedCase,
  arms: Record<Arm, ArmResult>,
) {
  const described = { inputDigest: digest, inputSize: text.length };
  const isOfInterest = Object.values(arms).some((arm) => !arm.passed || arm.warnings.length > 0);
  return isOfInterest && text.length <= MOST_INPUT_CHARACTERS ? { ...described, input } : described;
}

function invalid(index: number, what: string, { kind, message }: Failure): InvalidCase {
  return { index, valid: false, error: { kind, message: bounded(`${what}: ${message}`) } };
}

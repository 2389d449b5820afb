import { armResult, type ArmRun, runArm } from "../evaluate/arm_run.ts";
import type { CaseContext } from "../evaluate/case_context.ts";
import { planCase, type PlannedCase } from "../evaluate/task_calls.ts";
import type { TaskDescription } from "../evaluate/task_description.ts";

/** Cases that each mutant is judged on, where nobody says how many. */
export const DEFAULT_CASES = 100;

/** A case, and what the baseline does in it. */
export interface ReferenceCase {
  planned: PlannedCase;
  run: ArmRun;
}

/** What every mutant is held against. */
export interface Reference {
  cases: ReferenceCase[];
  /** Fuel of the baseline's most expensive call. */
  mostFuel: number;
}

/**
 * Plans the cases and runs the baseline on them, once for all mutants. Held in memory: its size is that of
 * the inputs and the baseline's outputs.
 *
 * @param n Number of cases that is asked for; the default, or all fixed ones, if left out.
 * @returns A problem, for a person to read, where a case cannot be planned or the baseline does not pass it.
 */
export function makeReference(
  context: CaseContext,
  n: number | undefined,
): Reference | { problem: string } {
  const number = numberOfCases(n, context.task);
  if (typeof number === "string") return { problem: number };
  const cases: ReferenceCase[] = [];
  let mostFuel = 0;
  for (let index = 0; index < number; index++) {
    const planned = planCase(context, index);
    if ("failure" in planned) {
      return { problem: refusal(`case ${index} cannot be generated: ${planned.failure.message}`) };
    }
    const run = runArm(context, "baseline", planned, 0);
    const [broken] = armResult(run, context).violations;
    if (broken !== undefined) {
      const what = broken.kind === "failure"
        ? `fails (${broken.name})`
        : `breaks the ${broken.kind} ${JSON.stringify(broken.name)}`;
      return { problem: refusal(`in case ${index} it ${what}: ${broken.message}`) };
    }
    const { source, followUps } = run.answers;
    for (const { usage } of [source, ...followUps.map(({ answer }) => answer)]) {
      mostFuel = Math.max(mostFuel, usage.fuel);
    }
    cases.push({ planned, run });
  }
  return { cases, mostFuel };
}

function refusal(why: string): string {
  return `Cannot check the task with this baseline as it must pass every case itself: ${why}`;
}

function numberOfCases(
  asked: number | undefined,
  { name, fixedCases, generates }: TaskDescription,
): number | string {
  if (generates) return asked ?? DEFAULT_CASES;
  if (asked === undefined || asked <= fixedCases) return asked ?? fixedCases;
  return `Cannot run ${asked} cases as the task ${
    JSON.stringify(name)
  } has ${fixedCases} fixed ones ` +
    `and generates none: ask for at most ${fixedCases}`;
}

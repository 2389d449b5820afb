import type { Artifact, JavaScriptArtifact } from "../../sandbox/artifact.ts";
import type { Limits } from "../../sandbox/limits.ts";
import type { JobContext, StartContext } from "../../sandbox/pool/job_context.ts";
import type { Engines } from "../../sandbox/engines.ts";
import { isolateLoader, type LoadIsolate } from "../../sandbox/load_isolate.ts";
import type { CaseContext } from "../evaluate/case_context.ts";
import { loadGuests } from "../evaluate/load_guests.ts";
import type { TaskDescription } from "../evaluate/task_description.ts";
import type { Edit } from "./edit.ts";
import { judgeMutant } from "./judge_mutant.ts";
import { loadMutant } from "./load_mutant.ts";
import type { MutantOutcome } from "./mutant_outcome.ts";
import { mutate } from "./mutants.ts";
import { makeReference, type Reference } from "./reference.ts";

/** What a judge of mutants is started with: plain data, ready to be posted to a worker. */
export interface JudgeInit {
  engines: Engines;
  task: Artifact;
  baseline: JavaScriptArtifact;
  limits: Limits;
  /** Seed of the cases. */
  seed: number;
  /** Number of cases that is asked for; left to the task, if undefined. */
  n: number | undefined;
}

/** What may be asked of a judge: what it holds mutants against, or to judge one. */
export type JudgeJob = { kind: "describe" } | { kind: "mutant"; edit: Edit };

/** What a judge answers: one for each job. */
export type JudgeItem =
  | { kind: "task"; task: TaskDescription; cases: number; fuel: number }
  | { kind: "problem"; problem: string }
  | { kind: "outcome"; outcome: MutantOutcome };

/** A mutant may use so many times the fuel of the baseline's most expensive call. */
const FUEL_TIMES = 20;

/** What a call of a mutant may use in any case, some 1.5 ms. */
const LEAST_FUEL = 10_000_000;

/**
 * Loads task and baseline, runs the baseline on all cases, and gives what judges mutants of it.
 *
 * A task or baseline that cannot be used says so to every job.
 */
export async function startJudge(
  init: JudgeInit,
  supervision: StartContext,
): Promise<(job: JudgeJob, context: JobContext<JudgeItem>) => void> {
  const { engines, task, baseline, limits } = init;
  const arms = { baseline, candidate: baseline };
  const loadIsolate = await isolateLoader(engines, [task, baseline]);
  const loaded = loadGuests(loadIsolate, { task, ...arms, limits }, supervision);
  if (!loaded.ok) return problem(loaded.problem);
  loaded.guests.candidate.dispose();
  const context: CaseContext = {
    guests: loaded.guests,
    artifacts: arms,
    task: loaded.task,
    seed: init.seed,
    repetitions: 1,
    guard: supervision.guard,
  };
  const reference = makeReference(context, init.n);
  if ("problem" in reference) return problem(reference.problem);
  const fuel = Math.min(limits.fuel, Math.max(LEAST_FUEL, FUEL_TIMES * reference.mostFuel));
  return (job, jobContext) => {
    const { emit, guard } = jobContext;
    if (job.kind === "describe") {
      return emit({ kind: "task", task: loaded.task, cases: reference.cases.length, fuel });
    }
    const mutant = { artifact: mutate(baseline, job), fuel };
    const outcome = judge(
      { loadIsolate, limits },
      mutant,
      { ...context, guard },
      reference,
      jobContext,
    );
    emit({ kind: "outcome", outcome });
  };
}

function problem(text: string): (job: JudgeJob, context: JobContext<JudgeItem>) => void {
  return (_, { emit }) => emit({ kind: "problem", problem: text });
}

function judge(
  { loadIsolate, limits }: { loadIsolate: LoadIsolate; limits: Limits },
  mutant: { artifact: JavaScriptArtifact; fuel: number },
  context: CaseContext,
  reference: Reference,
  { guard, observe }: StartContext,
): MutantOutcome {
  const spec = { loadIsolate, limits, entry: context.task.entry, ...mutant };
  const loaded = loadMutant(spec, { guard, observer: observe("mutant") });
  if ("failure" in loaded) return { status: "stillborn", failure: loaded.failure };
  const guests = { ...context.guests, candidate: loaded.isolate };
  const artifacts = { ...context.artifacts, candidate: mutant.artifact };
  try {
    return judgeMutant({ ...context, guests, artifacts }, reference);
  } finally {
    loaded.isolate.dispose();
  }
}

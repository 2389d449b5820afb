import type { TaskDescription } from "../evaluate/task_description.ts";
import { VERSION } from "../version.ts";
import type { JudgedMutants } from "./judge_mutants.ts";
import type { JudgeInit } from "./mutant_judge.ts";
import type { MutantOutcome } from "./mutant_outcome.ts";
import type { Mutant } from "./mutants.ts";
import { OPERATORS } from "./operators/catalogue.ts";
import type {
  CheckReport,
  CheckTaskReport,
  MutantReport,
  OperatorReport,
  StatusCounts,
} from "./report.ts";

/** What a report is made of. */
export interface ReportParts {
  init: JudgeInit;
  /** Names of the operators that were asked for. */
  operators: readonly string[];
  /** Mutants that the operators make, sampled or not. */
  found: number;
  /** Those that were judged. */
  mutants: readonly Mutant[];
  judged: JudgedMutants;
}

/** Puts the outcomes of all mutants into the shape of a report. */
export function buildReport(
  { init, operators, found, mutants, judged }: ReportParts,
): CheckTaskReport {
  const { task, cases, fuel, outcomes } = judged;
  const reports = mutants.flatMap((mutant, at) => {
    const outcome = outcomes[at];
    return outcome === undefined ? [] : [reportMutant(mutant, outcome)];
  });
  const counts = countStatuses(reports);
  const { killed, survived, equivalent } = counts;
  return {
    schemaVersion: 1,
    cupelVersion: VERSION,
    run: {
      task: task.name,
      entry: task.entry,
      n: cases,
      seed: init.seed,
      limits: init.limits,
      mutantFuel: fuel,
      operators: [...operators],
      artifacts: { task: nameOf(init.task), baseline: nameOf(init.baseline) },
    },
    counts: { found, judged: reports.length, ...counts },
    score: share(killed, killed + survived),
    rawScore: share(killed, killed + survived + equivalent),
    operators: byOperator(reports),
    checks: byCheck(reports, task),
    mutants: reports,
  };
}

function nameOf({ name, sha256 }: { name: string; sha256: string }) {
  return { name, sha256 };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function reportMutant(mutant: Mutant, outcome: MutantOutcome): MutantReport {
  const { operator, place, original, replacement } = mutant;
  const { status } = outcome;
  return {
    operator,
    ...place,
    original,
    replacement,
    status,
    ...(status === "killed" ? { killed: { index: outcome.index, by: outcome.violations } } : {}),
    ...(status === "survived" ? { difference: outcome.difference } : {}),
    ...(status === "stillborn" ? { reason: outcome.failure.message } : {}),
  };
}

function countStatuses(reports: readonly MutantReport[]): StatusCounts {
  const counts = { killed: 0, survived: 0, equivalent: 0, stillborn: 0 };
  for (const { status } of reports) counts[status]++;
  return counts;
}

function byOperator(reports: readonly MutantReport[]): OperatorReport[] {
  return OPERATORS
    .map(({ name, does }) => {
      const own = reports.filter(({ operator }) => operator === name);
      return { name, does, mutants: own.length, ...countStatuses(own) };
    })
    .filter(({ mutants }) => mutants > 0);
}

function byCheck(reports: readonly MutantReport[], task: TaskDescription): CheckReport[] {
  const { properties, relations } = task;
  const checks = new Map<string, CheckReport>();
  const checkOf = (kind: CheckReport["kind"], name: string): CheckReport => {
    const key = `${kind} ${name}`;
    const known = checks.get(key) ?? { kind, name, caught: 0, alone: 0 };
    checks.set(key, known);
    return known;
  };
  for (const { name, severity } of properties) if (severity === "hard") checkOf("property", name);
  for (const { name } of relations) checkOf("relation", name);
  for (const { killed } of reports) {
    const caughtBy = new Set(killed?.by.map(({ kind, name }) => checkOf(kind, name)));
    for (const check of caughtBy) {
      check.caught++;
      if (caughtBy.size === 1) check.alone++;
    }
  }
  return [...checks.values()];
}

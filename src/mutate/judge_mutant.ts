import { encode } from "../../sandbox/values/encode.ts";
import type { Value } from "../../sandbox/values/value.ts";
import type { Answer } from "../evaluate/answers.ts";
import { sameAnswers } from "../evaluate/answers.ts";
import { armResult, type ArmRun, candidateCase, runArm } from "../evaluate/arm_run.ts";
import type { CaseContext } from "../evaluate/case_context.ts";
import { formatValues, type PlannedInput } from "../evaluate/task_calls.ts";
import type { Difference, Exhibit, MutantOutcome } from "./mutant_outcome.ts";
import type { Reference, ReferenceCase } from "./reference.ts";

/** Most characters of an encoded value that a report holds. */
const MOST_CHARACTERS = 4096;

/** A case that a mutant passed although it answered otherwise than the baseline. */
interface Passed {
  reference: ReferenceCase;
  run: ArmRun;
}

/**
 * Judges a mutant, the context's candidate, on the reference's cases, in order, until it is killed.
 *
 * Synchronous, and a function of the artifacts, the seed, the limits and the mutant alone.
 */
export function judgeMutant(context: CaseContext, { cases }: Reference): MutantOutcome {
  let telling: Passed | undefined;
  for (const reference of cases) {
    const planned = candidateCase(context, reference.planned, reference.run);
    const run = runArm(context, "candidate", planned, 0, reference.run);
    const { violations } = armResult(run, context);
    if (violations.length > 0) {
      return {
        status: "killed",
        index: planned.index,
        violations: violations.map(({ kind, name, message }) => ({ kind, name, message })),
      };
    }
    if (sameAnswers(reference.run.answers, run.answers)) continue;
    // The smallest input tells a person most.
    const size = telling?.reference.planned.text.length ?? Infinity;
    if (planned.text.length < size) telling = { reference, run };
  }
  if (telling === undefined) return { status: "equivalent" };
  return { status: "survived", difference: differenceOf(context, telling) };
}

function differenceOf(context: CaseContext, { reference, run }: Passed): Difference {
  const { planned } = reference;
  const call = callsOf(planned, reference.run, run)
    .find(({ baseline, mutant }) => !isSame(baseline, mutant));
  if (call === undefined || !call.baseline?.ok || !call.mutant.ok) {
    throw new TypeError("Cannot show where a mutant differs as both arms gave the same answers");
  }
  const { relation, asked, baseline, mutant } = call;
  return {
    index: planned.index,
    ...(relation === undefined ? {} : { relation }),
    input: exhibit(context, "formatInputs", asked.input),
    baseline: exhibit(context, "formatOutputs", baseline.value),
    mutant: exhibit(context, "formatOutputs", mutant.value),
  };
}

interface ComparedCall {
  relation?: string;
  asked: PlannedInput;
  baseline: Answer | undefined;
  mutant: Answer;
}

/** The calls of a case, side by side. While the source calls agree, so do the follow-ups' inputs. */
function callsOf(planned: PlannedInput, baseline: ArmRun, mutant: ArmRun): ComparedCall[] {
  const source = {
    asked: planned,
    baseline: baseline.answers.source,
    mutant: mutant.answers.source,
  };
  const followUps = mutant.answers.followUps.map((followUp, at) => ({
    relation: followUp.relation,
    asked: followUp,
    baseline: baseline.answers.followUps[at]?.answer,
    mutant: followUp.answer,
  }));
  return [source, ...followUps];
}

function isSame(baseline: Answer | undefined, mutant: Answer): boolean {
  return baseline?.ok === true && mutant.ok && baseline.text === mutant.text;
}

function exhibit(
  context: CaseContext,
  format: "formatInputs" | "formatOutputs",
  value: Value,
): Exhibit {
  const size = encode(value).length;
  if (size > MOST_CHARACTERS) return { size };
  const [text] = formatValues(context, format, [value]);
  return { size, value, ...(text === undefined ? {} : { text }) };
}

import { cut } from "../../sandbox/cut.ts";
import type { Failure } from "../../sandbox/outcome.ts";
import { type Answers, type FollowUpAnswer, Questioner, sameAnswers } from "./answers.ts";
import { armCallSeed } from "./call_seed.ts";
import type { CaseContext } from "./case_context.ts";
import type { Arm, ArmResult, Violation } from "./case_result.ts";
import { digest } from "./digest.ts";
import {
  deriveFromOutput,
  type Failed,
  judgeOutput,
  type PlannedCase,
  type PlannedFollowUp,
} from "./task_calls.ts";
import { SAME_AS_BASELINE } from "../task/same_as_baseline.ts";
import type { TaskDescription } from "./task_description.ts";
import type { Judgement } from "./task_replies.ts";

/** What one arm answered in one case, and what the task says of it. */
export interface ArmRun {
  answers: Answers;
  /** A judgement; or why the task could not give one. */
  judged: Judgement | Failed;
}

const MOST_MESSAGE_CHARACTERS = 1000;
const MOST_STACK_CHARACTERS = 2000;

/**
 * Runs one arm on a case: the source call, the follow-ups, the judgement.
 *
 * @param repetition Number of the repetition, from 0.
 * @param known Another arm's run of the same case: where the answers are the same, so is its judgement.
 */
export function runArm(
  context: CaseContext,
  arm: Arm,
  planned: PlannedCase,
  repetition: number,
  known?: ArmRun,
): ArmRun {
  const questioner = new Questioner(
    context,
    arm,
    (inputDigest) => armCallSeed(context.seed, inputDigest, repetition),
  );
  const source = questioner.ask(planned);
  const ask = (followUps: PlannedFollowUp[]): FollowUpAnswer[] =>
    followUps.map((followUp) => ({ ...followUp, answer: questioner.ask(followUp) }));
  const answersWith = (followUps: FollowUpAnswer[]): Answers => {
    const { usage, calls } = questioner;
    return { source, followUps, usage, calls };
  };
  // Follow-ups need the source's answer to be judged.
  if (!source.ok) return { answers: answersWith([]), judged: nothingToJudge(context) };
  const fedBack = deriveFromOutput(context, planned, source.value);
  if ("failure" in fedBack) {
    return { answers: answersWith(ask(planned.followUps)), judged: fedBack };
  }
  const answers = answersWith(ask([...planned.followUps, ...fedBack]));
  if (known !== undefined && sameAnswers(known.answers, answers)) {
    return { answers, judged: known.judged };
  }
  return { answers, judged: judge(context, planned, source.value, answers) };
}

function judge(
  context: CaseContext,
  planned: PlannedCase,
  output: Parameters<typeof judgeOutput>[2],
  { followUps }: Answers,
): Judgement | Failed {
  const answered: Parameters<typeof judgeOutput>[3] = [];
  for (const { relation, input, answer } of followUps) {
    if (answer.ok) answered.push({ relation, input, output: answer.value });
  }
  const judged = judgeOutput(context, planned, output, answered);
  if ("failure" in judged) return judged;
  // A relation of which a follow-up failed was not checked in full.
  const failed = new Set(
    followUps.filter(({ answer }) => !answer.ok).map(({ relation }) => relation),
  );
  const checked = judged.checked.filter((relation) => !failed.has(relation));
  const evaded = evadedRelations(planned, followUps);
  return {
    ...judged,
    checked: [...checked, ...evaded.map(({ name }) => name)],
    violations: [...judged.violations, ...evaded, ...unlikeThrown(context.task, planned)],
  };
}

/** An exception is what the baseline gives, too: a candidate that answers where it throws is another one. */
function unlikeThrown({ properties }: TaskDescription, { thrown }: PlannedCase): Violation[] {
  const isDeclared = properties.some(({ name }) => name === SAME_AS_BASELINE);
  if (thrown === undefined || !isDeclared) return [];
  const message = bounded(`gives a value, and the baseline threw: ${thrown}`);
  return [{ kind: "property", name: SAME_AS_BASELINE, message }];
}

/**
 * Relations that feed an output back apply to it or not. Where one applies to the baseline's output and
 * not to the candidate's, that is broken: else a candidate could choose what it is judged by.
 */
function evadedRelations(
  { fedBack = [] }: PlannedCase,
  followUps: readonly FollowUpAnswer[],
): Violation[] {
  const asked = new Set(followUps.map(({ relation }) => relation));
  return fedBack.filter((relation) => !asked.has(relation)).map((name) => ({
    kind: "relation",
    name,
    message: "does not apply to this output, though it does to the baseline's",
  }));
}

/** Where the source call failed there is nothing to judge. */
function nothingToJudge({ task }: CaseContext): Judgement {
  return { violations: [], warnings: [], checked: [], metrics: task.metrics.map(() => null) };
}

/**
 * The candidate's case, with what of the baseline's it is judged by: the output, where the two must be
 * the same, and which relations its output could be fed back to.
 */
export function candidateCase(
  { task }: CaseContext,
  planned: PlannedCase,
  { answers: { source, followUps } }: ArmRun,
): PlannedCase {
  if (!(task.sameAsBaseline || task.feedsBack)) return planned;
  if (!source.ok) {
    const { kind, message } = source.failure;
    // Where the baseline met a limit nobody knows what the candidate should be the same as.
    return task.sameAsBaseline && kind === "exception" ? { ...planned, thrown: message } : planned;
  }
  const fedBack = followUps.slice(planned.followUps.length).map(({ relation }) => relation);
  return {
    ...planned,
    fedBack: [...new Set(fedBack)],
    ...(task.sameAsBaseline ? { reference: { output: source.value } } : {}),
  };
}

/** An arm's run as a result. */
export function armResult({ answers, judged }: ArmRun, context: CaseContext): ArmResult {
  const failures = failuresOf(answers);
  const violations = failures.map(failureViolation);
  if ("failure" in judged) {
    const { kind, message } = judged.failure;
    const failure = { kind, message: `the task failed to judge this output: ${message}` };
    failures.push(failure);
    violations.push(failureViolation(failure));
  }
  const judgement = "failure" in judged ? nothingToJudge(context) : judged;
  violations.push(...judgement.violations);
  const [failure] = failures;
  return {
    passed: violations.length === 0,
    violations,
    warnings: judgement.warnings,
    checked: judgement.checked,
    metrics: judgement.metrics,
    usage: answers.usage,
    calls: answers.calls,
    outputDigest: answers.source.ok ? digest(answers.source.text) : answers.source.failure.kind,
    ...(failure === undefined ? {} : { failure: failure.kind }),
  };
}

function failuresOf({ source, followUps }: Answers): Failure[] {
  const failures = source.ok ? [] : [source.failure];
  for (const { relation, answer } of followUps) {
    if (answer.ok) continue;
    const where = `in the follow-up of ${JSON.stringify(relation)}: `;
    failures.push({ ...answer.failure, message: where + answer.failure.message });
  }
  return failures;
}

function failureViolation({ kind, message, stack }: Failure): Violation {
  return {
    kind: "failure",
    name: kind,
    message: bounded(message, MOST_MESSAGE_CHARACTERS),
    ...(stack === undefined ? {} : { stack: bounded(stack, MOST_STACK_CHARACTERS) }),
  };
}

/** A text from a guest, cut to a length that a result may carry. */
export function bounded(text: string, most: number = MOST_MESSAGE_CHARACTERS): string {
  return cut(text, most);
}

import type { ParsedRelation, ParsedTask } from "./parse.ts";
import { TaskError } from "./parse.ts";
import { preview, thrownText } from "./preview.ts";

/** What an arm answered to a follow-up. */
export interface Answered {
  relation: string;
  input: unknown[];
  output: unknown;
}

/** What a task says of one arm's outputs in one case. */
export interface JudgeReply {
  violations: { kind: "property" | "relation"; name: string; message: string }[];
  /** Names of the relations that were checked. */
  checked: string[];
}

const MAX_MESSAGE = 500;

/** Judges every property on the output, and every relation on the follow-ups that were answered. */
export function judgeOutput(
  task: ParsedTask,
  input: unknown[],
  output: unknown,
  followUps: Answered[],
): JudgeReply {
  const violations: JudgeReply["violations"] = [];
  for (const [name, check] of task.properties) {
    const message = reasonAgainst(
      `property ${JSON.stringify(name)}`,
      () => check(output, ...input),
    );
    if (message !== undefined) violations.push({ kind: "property", name, message });
  }
  for (const followUp of followUps) {
    const name = followUp.relation;
    const relation = task.relations.get(name);
    if (relation === undefined) throw new TaskError(`there is no relation ${JSON.stringify(name)}`);
    const message = reasonAgainst(
      `relation ${JSON.stringify(name)}`,
      () => checkRelation(task, relation, input, output, followUp),
    );
    if (message !== undefined) violations.push({ kind: "relation", name, message });
  }
  return { violations, checked: followUps.map(({ relation }) => relation) };
}

function checkRelation(
  task: ParsedTask,
  relation: ParsedRelation,
  input: unknown[],
  output: unknown,
  followUp: Answered,
): unknown {
  if (relation.expect !== "equal") {
    return relation.expect(output, followUp.output, input, followUp.input);
  }
  const equal = task.equivalence(output, followUp.output);
  if (equal !== false) return equal;
  return `outputs differ: ${preview(output)} for the source, ${preview(followUp.output)} after it`;
}

/**
 * Why a check does not hold, or `undefined` where it does.
 *
 * @throws {TaskError} When the check answers with what is no judgement, such as a promise.
 */
function reasonAgainst(label: string, check: () => unknown): string | undefined {
  let judgement: unknown;
  try {
    judgement = check();
  } catch (error) {
    return bounded(`threw ${thrownText(error)}`);
  }
  if (judgement === true || judgement === undefined) return undefined;
  if (judgement === false || judgement === "") return "does not hold";
  if (typeof judgement === "string") return bounded(judgement);
  throw new TaskError(
    `${label} must return true, false, a reason or nothing: current value is ${preview(judgement)}`,
  );
}

function bounded(message: string): string {
  return message.length <= MAX_MESSAGE ? message : `${message.slice(0, MAX_MESSAGE)}…`;
}

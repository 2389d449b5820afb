import { copyList, copyValue } from "./copy.ts";
import { deepEqual } from "./equality.ts";
import { problem, quote, TaskError } from "./fields.ts";
import { measure } from "./measure.ts";
import type { ParsedTask } from "./parse.ts";
import { SAME_AS_BASELINE } from "./same_as_baseline.ts";
import type { ParsedRelation } from "./parse_relation.ts";
import { preview, thrownText } from "./preview.ts";

/** What an arm answered to a follow-up. */
export interface Answered {
  relation: string;
  input: unknown[];
  output: unknown;
}

/** What was broken. */
export interface Broken {
  kind: "property" | "relation";
  name: string;
  message: string;
}

/** What a task says of one arm's outputs in one case. */
export interface JudgeReply {
  /** Hard properties and relations that do not hold. */
  violations: Broken[];
  /** Soft properties that do not hold. */
  warnings: Broken[];
  /** Names of the relations that were checked. */
  checked: string[];
  /** The metrics' values in the task's order; `null` where one has none. */
  metrics: (number | null)[];
}

const MAX_MESSAGE = 500;

/**
 * Judges every property on the output, and every relation on the follow-ups that were answered.
 *
 * @param reference The baseline's output in a list, where this one must be the same.
 *
 * Each check gets copies: one that sorts what it is given, in place, must not change what the next sees.
 */
export function judgeOutput(
  task: ParsedTask,
  input: unknown[],
  output: unknown,
  followUps: Answered[],
  reference?: unknown[],
): JudgeReply {
  const violations = brokenProperties(task, "hard", output, input);
  const other = reference && differenceFrom(task, reference[0], output);
  if (other !== undefined) {
    violations.push({ kind: "property", name: SAME_AS_BASELINE, message: other });
  }
  const checked = new Set<string>();
  const broken = new Set<string>();
  for (const followUp of followUps) {
    const name = followUp.relation;
    checked.add(name);
    const message = broken.has(name) ? undefined : relationAgainst(task, input, output, followUp);
    if (message === undefined) continue;
    broken.add(name);
    violations.push({ kind: "relation", name, message });
  }
  return {
    violations,
    warnings: brokenProperties(task, "soft", output, input),
    checked: [...checked],
    metrics: measure(task, output, input),
  };
}

/** How an output differs from the baseline's; `undefined` where it does not. */
function differenceFrom(task: ParsedTask, expected: unknown, output: unknown): string | undefined {
  return reasonAgainst("`equivalence`", () => {
    const equal = yesOrNo(areEquivalent(task, expected, output));
    if (equal) return equal;
    const [ours, theirs] = [preview(output), preview(expected)];
    // An n is easily overlooked: components and modules give 64-bit integers as bigint.
    return isNumberAndBigint(output, expected)
      ? `is ${ours}, a ${typeof output}, and the baseline's ${theirs}, a ${typeof expected}`
      : `is ${ours}, and the baseline's ${theirs}`;
  });
}

function isNumberAndBigint(one: unknown, other: unknown): boolean {
  const types = [typeof one, typeof other];
  return types.includes("number") && types.includes("bigint");
}

function brokenProperties(
  task: ParsedTask,
  severity: "hard" | "soft",
  output: unknown,
  input: unknown[],
): Broken[] {
  const broken: Broken[] = [];
  for (const [name, property] of task.properties) {
    if (property.severity !== severity) continue;
    const message = reasonAgainst(
      `property ${quote(name)}`,
      () => property.check(copyValue(output), ...copyList(input)),
    );
    if (message !== undefined) broken.push({ kind: "property", name, message });
  }
  return broken;
}

function relationAgainst(
  task: ParsedTask,
  input: unknown[],
  output: unknown,
  followUp: Answered,
): string | undefined {
  const name = followUp.relation;
  const relation = task.relations.get(name);
  if (relation === undefined) throw new TaskError(`there is no relation ${quote(name)}`);
  return reasonAgainst(
    `relation ${quote(name)}`,
    () => checkRelation(task, relation, input, output, followUp),
  );
}

function checkRelation(
  task: ParsedTask,
  { expect, output: follow }: ParsedRelation,
  input: unknown[],
  output: unknown,
  followUp: Answered,
): unknown {
  if (typeof expect === "function") {
    const [source, after] = [copyValue(output), copyValue(followUp.output)];
    return expect(source, after, copyList(input), copyList(followUp.input));
  }
  if (expect === "propertiesHold") {
    const [first] = brokenProperties(task, "hard", followUp.output, followUp.input);
    return first === undefined ||
      `the follow-up breaks property ${quote(first.name)}: ${first.message}`;
  }
  const expected = follow === undefined
    ? output
    : follow(copyValue(output), copyList(input), copyList(followUp.input));
  const equal = yesOrNo(areEquivalent(task, expected, followUp.output));
  if (equal === (expect === "equal")) return true;
  if (expect === "notEqual") return `outputs are equal: ${preview(followUp.output)}`;
  return explainDifference(output, expected, followUp.output, follow !== undefined);
}

/** Nothing is a yes of other checks; of an equivalence it is a `return` that is missing. */
function yesOrNo(equal: unknown): boolean {
  if (equal === true || equal === false) return equal;
  throw problem("`equivalence`", "a function that returns true or false", equal);
}

/** Our own equality changes nothing, so that it needs no copies. */
function areEquivalent({ equivalence }: ParsedTask, left: unknown, right: unknown): unknown {
  if (equivalence === deepEqual) return deepEqual(left, right);
  return equivalence(copyValue(left), copyValue(right));
}

function explainDifference(
  source: unknown,
  expected: unknown,
  actual: unknown,
  isDerived: boolean,
): string {
  const must = isDerived ? `, so that ${preview(expected)} must follow` : "";
  return `outputs differ: ${preview(source)} for the source${must}, ${preview(actual)} after it`;
}

/**
 * Why a check does not hold, or `undefined` where it does.
 *
 * @throws {TaskError} When the check answers with what is no judgement, such as a promise, or the task's
 * equivalence does.
 */
function reasonAgainst(label: string, check: () => unknown): string | undefined {
  let judgement: unknown;
  try {
    judgement = check();
  } catch (error) {
    if (error instanceof TaskError) throw error;
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

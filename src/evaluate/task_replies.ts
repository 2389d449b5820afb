import type { Value } from "../../sandbox/values/value.ts";
import type { Violation } from "./case_result.ts";
import type { TaskDescription } from "./run_spec.ts";

// What comes out of a task's isolate is as untrusted as what comes out of an arm's: user code can
// replace what the driver relies on. It is parsed by hand because every worker loads this file, and
// loading zod would cost a worker more than all of its batches in a short run.

/** One case as its task planned it. */
export interface PlannedCase {
  input: Value[];
  followUps: { relation: string; input: Value[] }[];
}

/** What a task said of one arm's outputs in one case. */
export interface Judgement {
  violations: Violation[];
  checked: string[];
}

/** A reply that is not of the form that the driver gives. */
export class ReplyError extends Error {
  override readonly name = "ReplyError";
}

type Fields = { [key: string]: Value };

/**
 * Parses what `describe` gave: the task, or why it cannot be used.
 *
 * @throws {ReplyError}
 */
export function parseDescription(reply: Value): TaskDescription | { problem: string } {
  const fields = asFields(reply, "a description");
  if (fields.ok === false) return { problem: asText(fields.problem, "the problem") };
  return {
    name: asText(fields.name, "the name"),
    entry: asText(fields.entry, "the entry"),
    properties: asTexts(fields.properties, "the properties"),
    relations: asTexts(fields.relations, "the relations"),
  };
}

/**
 * Parses what `plan` gave.
 *
 * @throws {ReplyError}
 */
export function parsePlan(reply: Value, task: TaskDescription): PlannedCase {
  const fields = asFields(reply, "a plan");
  const followUps = asList(fields.followUps, "the follow-ups").map((followUp) => {
    const { relation, input } = asFields(followUp, "a follow-up");
    return {
      relation: asOneOf(relation, task.relations, "a follow-up's relation"),
      input: asList(input, "a follow-up's input"),
    };
  });
  refuseRepeated(followUps.map(({ relation }) => relation), "the follow-ups");
  return { input: asList(fields.input, "the input"), followUps };
}

/**
 * Parses what `judge` gave.
 *
 * @throws {ReplyError}
 */
export function parseJudgement(reply: Value, task: TaskDescription): Judgement {
  const fields = asFields(reply, "a judgement");
  const violations = asList(fields.violations, "the violations").map((violation): Violation => {
    const { kind, name, message } = asFields(violation, "a violation");
    if (kind !== "property" && kind !== "relation") {
      throw new ReplyError("a violation's kind is neither property nor relation");
    }
    const known = kind === "property" ? task.properties : task.relations;
    return {
      kind,
      name: asOneOf(name, known, "a violation's name"),
      message: asText(message, "a violation's message"),
    };
  });
  refuseRepeated(violations.map(({ kind, name }) => `${kind} ${name}`), "the violations");
  const checked = asList(fields.checked, "the checked relations");
  return {
    violations,
    checked: checked.map((name) => asOneOf(name, task.relations, "a checked relation")),
  };
}

function asFields(value: Value, what: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ReplyError(`${what} is not an object`);
  }
  return value as Fields;
}

function asList(value: Value, what: string): Value[] {
  if (!Array.isArray(value)) throw new ReplyError(`${what} are not a list`);
  return value;
}

function asText(value: Value, what: string): string {
  if (typeof value !== "string") throw new ReplyError(`${what} is not a text`);
  return value;
}

function asTexts(value: Value, what: string): string[] {
  const texts = asList(value, what).map((item) => asText(item, `one of ${what}`));
  refuseRepeated(texts, what);
  return texts;
}

function asOneOf(value: Value, known: readonly string[], what: string): string {
  const text = asText(value, what);
  if (!known.includes(text)) throw new ReplyError(`${what} is not one of the task's`);
  return text;
}

function refuseRepeated(names: readonly string[], what: string): void {
  if (new Set(names).size !== names.length) throw new ReplyError(`${what} repeat a name`);
}

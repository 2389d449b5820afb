import { Arbitrary } from "./arbitraries.ts";
import { deepEqual } from "./equality.ts";
import type { Judgement } from "./define.ts";
import { preview } from "./preview.ts";
import type { Random } from "./random.ts";
import { purposeOf } from "./stream.ts";

type Args = readonly unknown[];

/** A relation whose fields have been checked. */
export interface ParsedRelation {
  /** What its random stream is for, as a number. */
  purpose: number;
  transform: (input: Args, random: Random) => unknown;
  expect: "equal" | ((source: unknown, followUp: unknown, a: Args, b: Args) => Judgement);
}

/** A task whose fields have been checked: what the driver works with. */
export interface ParsedTask {
  name: string;
  entry: string;
  /** One arbitrary for each argument; or one for the whole list of them. */
  inputs: { each: Arbitrary<unknown>[] } | { list: Arbitrary<unknown> };
  properties: Map<string, (output: unknown, ...input: Args) => Judgement>;
  relations: Map<string, ParsedRelation>;
  equivalence: (left: unknown, right: unknown) => unknown;
}

/** A field of a task that is not as it must be. */
export class TaskError extends Error {
  override readonly name = "TaskError";
}

const TASK_KEYS = ["name", "entry", "inputs", "properties", "relations", "equivalence"];
const RELATION_KEYS = ["transform", "expect"];

/**
 * Checks a task file's default export, field by field.
 *
 * @throws {TaskError} With a message of the form "FIELD must be WHAT: current value is VALUE".
 */
export function parseTask(definition: unknown): ParsedTask {
  const fields = record(definition, "the default export", "a task made with defineTask");
  refuseUnknown(fields, TASK_KEYS, "");
  const { name, entry = "solve", equivalence = deepEqual } = fields;
  return {
    name: text(name, "`name`"),
    entry: text(entry, "`entry`"),
    inputs: parseInputs(fields.inputs),
    properties: parseProperties(fields.properties),
    relations: parseRelations(fields.relations ?? {}),
    equivalence: callable(equivalence, "`equivalence`", "a function of two outputs"),
  };
}

function parseInputs(inputs: unknown): ParsedTask["inputs"] {
  const accepted =
    "a fast-check arbitrary, a list of them (one for each argument) or args(arbitrary)";
  if (inputs instanceof Arbitrary) return { each: [inputs] };
  if (Array.isArray(inputs) && inputs.length > 0) {
    const each = inputs.filter((input) => input instanceof Arbitrary);
    if (each.length === inputs.length) return { each };
  }
  if (isRecord(inputs) && inputs.argumentList instanceof Arbitrary) {
    return { list: inputs.argumentList };
  }
  throw problem("`inputs`", accepted, inputs);
}

function parseProperties(properties: unknown): ParsedTask["properties"] {
  const what = "an object with at least one check, named by its key";
  const named = entries(properties, "`properties`", what);
  if (named.length === 0) throw problem("`properties`", what, properties);
  return new Map(named.map(([name, check]) => [
    name,
    callable(check, `property ${quote(name)}`, "a function of the output and the input"),
  ]));
}

function parseRelations(relations: unknown): ParsedTask["relations"] {
  const named = entries(relations, "`relations`", "an object of relations, named by their keys");
  return new Map(named.map(([name, relation]) => [name, parseRelation(name, relation)]));
}

function parseRelation(name: string, relation: unknown): ParsedRelation {
  const label = `relation ${quote(name)}`;
  const fields = record(relation, label, "an object with `transform` and, if wanted, `expect`");
  refuseUnknown(fields, RELATION_KEYS, ` of ${label}`);
  const transform: ParsedRelation["transform"] = callable(
    fields.transform,
    `\`transform\` of ${label}`,
    "a function of the input and a random generator",
  );
  const { expect = "equal" } = fields;
  const purpose = purposeOf(`relation ${name}`);
  if (expect === "equal") return { purpose, transform, expect };
  const what = '"equal" or a function of the two outputs';
  return { purpose, transform, expect: callable(expect, `\`expect\` of ${label}`, what) };
}

function entries(value: unknown, label: string, accepted: string): [string, unknown][] {
  const named = Object.entries(record(value, label, accepted));
  if (named.some(([name]) => name.trim() === "")) {
    throw problem(`a name in ${label}`, "a text that is not empty", "");
  }
  return named;
}

function text(value: unknown, label: string): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw problem(label, "a text that is not empty", value);
}

function callable<F extends (...args: never[]) => unknown>(
  value: unknown,
  label: string,
  accepted: string,
): F {
  if (typeof value === "function") return value as F;
  throw problem(label, accepted, value);
}

function record(value: unknown, label: string, accepted: string): Record<string, unknown> {
  if (isRecord(value)) return value;
  throw problem(label, accepted, value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuseUnknown(fields: Record<string, unknown>, known: string[], where: string): void {
  const unknown = Object.keys(fields).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw problem(`a field${where}`, `one of ${known.join(", ")}`, unknown);
}

function quote(name: string): string {
  return JSON.stringify(name);
}

function problem(label: string, accepted: string, value: unknown): TaskError {
  return new TaskError(`${label} must be ${accepted}: current value is ${preview(value)}`);
}

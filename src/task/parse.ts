import type { Judgement } from "./define.ts";
import { deepEqual } from "./equality.ts";
import {
  callable,
  entries,
  flag,
  isRecord,
  oneOf,
  optionalCallable,
  optionalText,
  problem,
  quote,
  record,
  refuseUnknown,
  text,
} from "./fields.ts";
import { type ParsedInputs, parseInputs } from "./parse_inputs.ts";
import { type ParsedRelation, parseRelation } from "./parse_relation.ts";
import { SAME_AS_BASELINE } from "./same_as_baseline.ts";

type Args = readonly unknown[];

/** A property whose fields have been checked. */
export interface ParsedProperty {
  check: (output: unknown, ...input: Args) => Judgement;
  severity: "hard" | "soft";
  description: string;
}

/** A metric whose fields have been checked. */
export interface ParsedMetric {
  value: (output: unknown, ...input: Args) => unknown;
  kind: "mean" | "sum";
  direction: "higher" | "lower";
  interval: "bca" | "percentile" | "basic" | "t";
  description: string;
}

/** A task whose fields have been checked: what the driver works with. */
export interface ParsedTask {
  name: string;
  entry: string;
  inputs: ParsedInputs;
  properties: Map<string, ParsedProperty>;
  relations: Map<string, ParsedRelation>;
  equivalence: (left: unknown, right: unknown) => unknown;
  sameAsBaseline: boolean;
  metrics: Map<string, ParsedMetric>;
  cluster: ((...input: Args) => unknown) | undefined;
  group: ((...input: Args) => unknown) | undefined;
  format: {
    input: ((...input: Args) => unknown) | undefined;
    output: ((output: unknown) => unknown) | undefined;
  };
}

const TASK_KEYS = [
  "name",
  "entry",
  "inputs",
  "properties",
  "relations",
  "equivalence",
  "sameAsBaseline",
  "metrics",
  "cluster",
  "group",
  "format",
];

/**
 * Checks a task file's default export, field by field.
 *
 * @throws {TaskError} With a message of the form "FIELD must be WHAT: current value is VALUE".
 */
export function parseTask(definition: unknown): ParsedTask {
  const fields = record(definition, "the default export", "a task made with defineTask");
  refuseUnknown(fields, TASK_KEYS, "");
  const { name, entry = "solve", equivalence = deepEqual, format = {} } = fields;
  const ofInput = "a function of the input";
  const sameAsBaseline = flag(fields.sameAsBaseline, "`sameAsBaseline`");
  return {
    name: text(name, "`name`"),
    entry: text(entry, "`entry`"),
    inputs: parseInputs(fields.inputs),
    properties: parseProperties(fields.properties, sameAsBaseline),
    relations: parseEach(fields.relations, "`relations`", "relations", parseRelation),
    equivalence: callable(equivalence, "`equivalence`", "a function of two outputs"),
    sameAsBaseline,
    metrics: parseEach(fields.metrics, "`metrics`", "metrics", parseMetric),
    cluster: optionalCallable(fields.cluster, "`cluster`", ofInput),
    group: optionalCallable(fields.group, "`group`", ofInput),
    format: parseFormat(format),
  };
}

function parseEach<T>(
  value: unknown,
  label: string,
  what: string,
  parse: (name: string, value: unknown) => T,
): Map<string, T> {
  const named = entries(value ?? {}, label, `an object of ${what}, named by their keys`);
  return new Map(named.map(([name, item]) => [name, parse(name, item)]));
}

/** @param sameAsBaseline whether the task has a hard property without them: to be the same as the baseline. */
function parseProperties(properties: unknown, sameAsBaseline: boolean): ParsedTask["properties"] {
  const what = sameAsBaseline
    ? "an object of checks, named by their keys"
    : "an object with at least one hard check, named by its key";
  const given = sameAsBaseline ? properties ?? {} : properties;
  const named = entries(given, "`properties`", what);
  const parsed = new Map(named.map(([name, property]) => [name, parseProperty(name, property)]));
  if (parsed.has(SAME_AS_BASELINE)) {
    throw problem(
      "a name in `properties`",
      `another one than ${quote(SAME_AS_BASELINE)}`,
      SAME_AS_BASELINE,
    );
  }
  if (!sameAsBaseline && ![...parsed.values()].some(({ severity }) => severity === "hard")) {
    throw problem("`properties`", what, properties);
  }
  return parsed;
}

function parseProperty(name: string, property: unknown): ParsedProperty {
  const label = `property ${quote(name)}`;
  const accepted = "a function of the output and the input";
  if (!isRecord(property)) {
    return { check: callable(property, label, accepted), severity: "hard", description: "" };
  }
  refuseUnknown(property, ["check", "severity", "description"], ` of ${label}`);
  const { check, severity = "hard", description } = property;
  return {
    check: callable(check, `\`check\` of ${label}`, accepted),
    severity: oneOf(severity, ["hard", "soft"], `\`severity\` of ${label}`),
    description: optionalText(description, `\`description\` of ${label}`),
  };
}

function parseMetric(name: string, metric: unknown): ParsedMetric {
  const label = `metric ${quote(name)}`;
  const fields = record(metric, label, "an object with `value` and `direction`");
  refuseUnknown(fields, ["value", "kind", "direction", "interval", "description"], ` of ${label}`);
  const { value, kind = "mean", direction, interval = "bca", description } = fields;
  return {
    value: callable(value, `\`value\` of ${label}`, "a function of the output and the input"),
    kind: oneOf(kind, ["mean", "sum"], `\`kind\` of ${label}`),
    direction: oneOf(direction, ["higher", "lower"], `\`direction\` of ${label}`),
    interval: oneOf(interval, ["bca", "percentile", "basic", "t"], `\`interval\` of ${label}`),
    description: optionalText(description, `\`description\` of ${label}`),
  };
}

function parseFormat(format: unknown): ParsedTask["format"] {
  const fields = record(format, "`format`", "an object with `input`, `output` or both");
  refuseUnknown(fields, ["input", "output"], " of `format`");
  return {
    input: optionalCallable(fields.input, "`input` of `format`", "a function of the input"),
    output: optionalCallable(fields.output, "`output` of `format`", "a function of the output"),
  };
}

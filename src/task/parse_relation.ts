import type { Judgement } from "./define.ts";
import {
  callable,
  oneOf,
  optionalCallable,
  optionalText,
  problem,
  quote,
  record,
  refuseUnknown,
} from "./fields.ts";
import type { Random } from "./random.ts";
import { purposeOf } from "./stream.ts";

type Args = readonly unknown[];

/** A check of the outputs of a source and its follow-up. */
type PairCheck = (source: unknown, followUp: unknown, a: Args, b: Args) => Judgement;

/** A relation whose fields have been checked. */
export interface ParsedRelation {
  /** What its random stream is for, as a number. */
  purpose: number;
  derive:
    | { from: "input"; by: (input: Args, random: Random) => unknown }
    | { from: "output"; by: (output: unknown, input: Args, random: Random) => unknown };
  expect: "equal" | "notEqual" | "propertiesHold" | PairCheck;
  output: ((source: unknown, sourceInput: Args, followUpInput: Args) => unknown) | undefined;
  category: string;
  description: string;
  weight: number;
}

const KEYS = [
  "transform",
  "feedBack",
  "expect",
  "output",
  "category",
  "description",
  "weight",
];

/** Checks one relation of a task. */
export function parseRelation(name: string, relation: unknown): ParsedRelation {
  const label = `relation ${quote(name)}`;
  const fields = record(relation, label, "an object with `transform` or `feedBack`");
  refuseUnknown(fields, KEYS, ` of ${label}`);
  const { category, description, weight = 1 } = fields;
  if (typeof weight !== "number" || !(weight > 0 && weight < Infinity)) {
    throw problem(`\`weight\` of ${label}`, "a number above 0", weight);
  }
  const expect = parseExpect(fields.expect, label);
  const output: ParsedRelation["output"] = optionalCallable(
    fields.output,
    `\`output\` of ${label}`,
    "a function of the source's output and both inputs",
  );
  if (output !== undefined && expect !== "equal" && expect !== "notEqual") {
    throw problem(
      `\`output\` of ${label}`,
      'left out where `expect` is not "equal" or "notEqual"',
      output,
    );
  }
  return {
    purpose: purposeOf(`relation ${name}`),
    derive: parseDerive(fields, label),
    expect,
    output,
    category: optionalText(category, `\`category\` of ${label}`),
    description: optionalText(description, `\`description\` of ${label}`),
    weight,
  };
}

function parseDerive(fields: Record<string, unknown>, label: string): ParsedRelation["derive"] {
  const { transform, feedBack } = fields;
  if (feedBack === undefined) {
    const accepted = "a function of the input and a random generator";
    return { from: "input", by: callable(transform, `\`transform\` of ${label}`, accepted) };
  }
  if (transform !== undefined) {
    throw problem(label, "an object with either `transform` or `feedBack`", fields);
  }
  const accepted = "a function of the output, the input and a random generator";
  return { from: "output", by: callable(feedBack, `\`feedBack\` of ${label}`, accepted) };
}

function parseExpect(expect: unknown, label: string): ParsedRelation["expect"] {
  if (typeof expect === "function") return expect as PairCheck;
  if (expect === undefined) return "equal";
  const known = ["equal", "notEqual", "propertiesHold"] as const;
  if (typeof expect === "string") return oneOf(expect, known, `\`expect\` of ${label}`);
  const accepted = `one of ${known.map(quote).join(", ")} or a function of the two outputs`;
  throw problem(`\`expect\` of ${label}`, accepted, expect);
}

import type { Judgement } from "../define.ts";
import type { AnyRelation, Expectation, OutputMap } from "./any_relation.ts";
import { problem, refuseUnknown } from "../fields.ts";
import type { At } from "./part.ts";

/** What every relation of the library takes. */
export interface RelationOptions {
  /** The part of the arguments that is changed: the first argument, if left out. */
  at?: At;
  /** What it says, in place of the library's own sentence. */
  description?: string;
  /** How much it counts against the others, above 0; 1 by default. */
  weight?: number;
}

/** What relations take that compare a changed input's output. */
export interface ComparingOptions extends RelationOptions {
  /** What the outputs are to each other, as in any relation; `"equal"` by default. */
  expect?:
    | "equal"
    | "notEqual"
    | "propertiesHold"
    | ((source: never, followUp: never, sourceInput: never, followUpInput: never) => Judgement);
}

const COMMON_KEYS = ["at", "description", "weight"];

/**
 * Checks what all relations take: a task may be JavaScript, and a misspelt option would do nothing.
 *
 * @param name The relation's function, for messages.
 * @param own The options that it takes besides those of all.
 * @param words What `output` may be, other than a function.
 * @throws {TaskError} Naming the option, what it must be and what it is.
 */
export function checkOptions(
  name: string,
  options: RelationOptions & { output?: unknown },
  own: readonly string[],
  words: readonly string[] = [],
): void {
  refuseUnknown({ ...options }, [...own, ...COMMON_KEYS], ` of ${name}`);
  const { at, output } = options;
  if (at !== undefined && !isAt(at)) {
    const accepted = 'an argument\'s index from 0, or a path such as [0, "*", "price"]';
    throw problem(`\`at\` of ${name}`, accepted, at);
  }
  if (output === undefined || typeof output === "function") return;
  if (words.some((word) => word === output)) return;
  const accepted = [...words.map((word) => JSON.stringify(word)), "a function"].join(" or ");
  throw problem(`\`output\` of ${name}`, accepted, output);
}

function isAt(at: unknown): boolean {
  const [argument, ...steps] = Array.isArray(at) ? at : [at];
  return Number.isSafeInteger(argument) && argument >= 0 &&
    steps.every((step) => typeof step === "string" || Number.isSafeInteger(step));
}

/** The fields that say what a relation is, filled in where the options leave them out. */
export function describe(
  category: string,
  sentence: string,
  { description = sentence, weight = 1 }: RelationOptions,
): Pick<AnyRelation, "category" | "description" | "weight"> {
  return { category, description, weight };
}

/**
 * How the outputs are compared.
 *
 * @param output How the output follows: it stays the same, a function says, or a word.
 * @param alike What that word stands for.
 */
export function compare(
  { expect = "equal" }: ComparingOptions,
  output: string | OutputMap = "same",
  alike?: OutputMap,
): Pick<AnyRelation, "expect" | "output"> {
  const expectation: Expectation = typeof expect === "function"
    ? (source, followUp, a, b) => expect(source as never, followUp as never, a as never, b as never)
    : expect;
  const follow = typeof output === "string" ? alike : output;
  if (output === "same" || follow === undefined) return { expect: expectation };
  // What it makes is compared with an output, whatever it is.
  return {
    expect: expectation,
    output: (source, a, b) => follow(source as never, a as never, b as never) as never,
  };
}

/** An argument's name in a description: `argument 1`, `argument 1 at items.0.price`. */
export function nameOf(at: At): string {
  if (typeof at === "number") return `argument ${at + 1}`;
  const [argument, ...steps] = at;
  const name = `argument ${argument + 1}`;
  return steps.length === 0 ? name : `${name} at ${steps.join(".")}`;
}

/** The end of a description: what becomes of the output. */
export function whatFollows(output: string | OutputMap | undefined): string {
  if (output === undefined || output === "same") return "the output stays the same";
  if (typeof output === "string") return `the output is ${output} alike`;
  return "the output follows as it must";
}

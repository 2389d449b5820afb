import type { Judgement } from "../define.ts";
import type { AnyRelation, Expectation, OutputMap } from "./any_relation.ts";
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

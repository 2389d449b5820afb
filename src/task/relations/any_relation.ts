import type { FollowUp, Judgement } from "../define.ts";
import type { Random } from "../random.ts";

type Args = readonly unknown[];

/**
 * A relation that fits every task: it looks at what the arguments are when it gets them, and does not
 * apply where they are not what it changes.
 */
export interface AnyRelation {
  /** Derives the follow-up input from the source input. */
  transform?: <A extends Args>(input: A, random: Random) => FollowUp<A>;
  /** Derives the follow-up input from the source's output as well. */
  feedBack?: <A extends Args>(output: unknown, input: A, random: Random) => FollowUp<A>;
  /** What the outputs are to each other. */
  expect: Expectation;
  /** Makes what to compare the follow-up's output with. */
  output?: <Output>(source: Output, sourceInput: Args, followUpInput: Args) => Output;
  category: string;
  description: string;
  weight: number;
}

/** What the outputs of a relation are to each other: see `expect` of `Relation`. */
export type Expectation =
  | "equal"
  | "notEqual"
  | "propertiesHold"
  | ((source: unknown, followUp: unknown, a: Args, b: Args) => Judgement);

/**
 * A function of the task's own, which makes what to compare the follow-up's output with. The library
 * does not know the task's types: annotate the parameters.
 */
export type OutputMap = (source: never, sourceInput: never, followUpInput: never) => unknown;

import type { Arbitrary } from "./arbitraries.ts";
import type { Random } from "./random.ts";

/** What a check says: `true` or nothing for yes; `false`, a reason, or a throw for no. */
export type Judgement = boolean | string | void;

/** Judges one output. It gets the arm's output and the arguments that the arm was called with. */
export type Property<Args extends readonly unknown[], Output> = (
  output: Output,
  ...input: Args
) => Judgement;

/** A metamorphic relation: how the output must follow when the input is changed. */
export interface Relation<Args extends readonly unknown[], Output> {
  /**
   * Derives the follow-up input, a list of arguments, from the source input. Returning `undefined`
   * says that the relation does not apply to this input.
   */
  transform: (input: Args, random: Random) => Args | undefined;
  /**
   * `"equal"` (the default): both outputs are equal under the task's equivalence. Or a check of the
   * pair of outputs, which also gets both inputs.
   */
  expect?:
    | "equal"
    | ((source: Output, followUp: Output, sourceInput: Args, followUpInput: Args) => Judgement);
}

/** One arbitrary that generates the whole list of arguments, made by {@linkcode args}. */
export interface ArgumentList<Args extends readonly unknown[]> {
  readonly argumentList: Arbitrary<Args>;
}

/** What a task may give as `inputs`. */
export type Inputs =
  | Arbitrary<unknown>
  | readonly [Arbitrary<unknown>, ...Arbitrary<unknown>[]]
  | ArgumentList<readonly unknown[]>;

/** The list of arguments that `inputs` stand for. */
export type ArgsOf<I extends Inputs> = I extends ArgumentList<infer Args extends readonly unknown[]>
  ? Args
  : I extends readonly unknown[]
    ? { -readonly [K in keyof I]: I[K] extends Arbitrary<infer T> ? T : never }
  : I extends Arbitrary<infer T> ? [input: T]
  : never;

/** What {@linkcode defineTask} takes. */
export interface TaskDefinition<I extends Inputs, Output> {
  /** What reports call the task. */
  name: string;
  /** The function that an arm exports; `"solve"` by default. */
  entry?: string;
  /**
   * How inputs are generated: one arbitrary for a function of one argument, a list of arbitraries
   * for one of several arguments, or {@linkcode args} where the arguments depend on each other.
   */
  inputs: I;
  /** At least one: what must hold for every output. The key is its name in reports. */
  properties: Record<string, Property<ArgsOf<I>, Output>>;
  /** How outputs must follow when inputs are changed. The key is its name in reports. */
  relations?: Record<string, Relation<ArgsOf<I>, Output>>;
  /** When two outputs count as equal; deep equality by default. */
  equivalence?: (left: Output, right: Output) => boolean;
}

/**
 * Defines a task: a task file's default export.
 *
 * Annotate the output of the first property with the type that a right arm returns; a wrong arm may
 * return anything else, and a check that throws over it is a violation of that check.
 *
 * @example
 * ```ts
 * import { defineTask, fc } from "cupel/task";
 *
 * export default defineTask({
 *   name: "sort",
 *   inputs: fc.array(fc.integer()),
 *   properties: {
 *     "keeps the length": (output: number[], values) => output.length === values.length,
 *   },
 *   relations: {
 *     "permuting the input": { transform: ([values], random) => [random.shuffle(values)] },
 *   },
 * });
 * ```
 */
export function defineTask<const I extends Inputs, Output = unknown>(
  definition: TaskDefinition<I, Output>,
): TaskDefinition<I, Output> {
  return definition;
}

/**
 * Inputs whose arguments depend on each other: each generated list is spread over the arguments of
 * the arm's function.
 *
 * @example
 * ```ts
 * args(fc.array(fc.integer()).chain((values) =>
 *   fc.tuple(fc.constant(values), fc.nat({ max: values.length }))
 * ));
 * ```
 */
export function args<Args extends readonly unknown[]>(
  arbitrary: Arbitrary<Args>,
): ArgumentList<Args> {
  return { argumentList: arbitrary };
}

import type { Arbitrary } from "./arbitraries.ts";
import type { Random } from "./random.ts";

/** What a check says: `true` or nothing for yes; `false`, a reason, or a throw for no. */
export type Judgement = boolean | string | void;

/** Judges one output. It gets the arm's output and the arguments that the arm was called with. */
export type Property<Args extends readonly unknown[], Output> = (
  output: Output,
  ...input: Args
) => Judgement;

/** A property with more to say of it than its check. */
export interface PropertyDefinition<Args extends readonly unknown[], Output> {
  check: Property<Args, Output>;
  /** A `"hard"` property (the default) decides whether a case passes; a `"soft"` one is only reported. */
  severity?: "hard" | "soft";
  /** What it is for, shown where it is broken. */
  description?: string;
}

/** Several follow-ups from one source, made by {@linkcode several}. */
export interface Several<Args extends readonly unknown[]> {
  readonly followUps: readonly Args[];
}

/**
 * What a relation derives: one follow-up, a list of arguments; several of them; or `undefined`, which
 * says that the relation does not apply to this input.
 */
export type FollowUp<Args extends readonly unknown[]> = Args | Several<Args> | undefined;

/**
 * A metamorphic relation: how the output must follow when the input is changed.
 *
 * T. Y. Chen et al. (2018), "Metamorphic testing: a review of challenges and opportunities", ACM
 * Computing Surveys 51(1):4.
 *
 * It has `transform`, or `feedBack`, and not both.
 */
export interface Relation<Args extends readonly unknown[], Output> {
  /** Derives the follow-up input from the source input. */
  transform?: (input: Args, random: Random) => FollowUp<Args>;
  /** Derives the follow-up input from the source's output as well, such as the output fed in again. */
  feedBack?: (output: Output, input: Args, random: Random) => FollowUp<Args>;
  /**
   * What the outputs are to each other:
   * - `"equal"` (the default): the follow-up's output is equal to the source's, or to what `output`
   *   makes of it, under the task's equivalence;
   * - `"notEqual"`: it is not;
   * - `"propertiesHold"`: the follow-up's output has every hard property, on the follow-up's input;
   * - a check of the pair of outputs, which also gets both inputs.
   */
  expect?:
    | "equal"
    | "notEqual"
    | "propertiesHold"
    | ((source: Output, followUp: Output, sourceInput: Args, followUpInput: Args) => Judgement);
  /** For `"equal"` and `"notEqual"`: makes what to compare the follow-up's output with. */
  output?: (source: Output, sourceInput: Args, followUpInput: Args) => Output;
  /** What kind of relation it is, such as `"permutation"`; reports show it. */
  category?: string;
  /** What it says, in a sentence; reports show it. */
  description?: string;
  /** How much it counts against the others in the report's relation score, above 0; 1 by default. */
  weight?: number;
}

/** A number that is read from each output, such as a cost or a score. */
export interface Metric<Args extends readonly unknown[], Output> {
  /** The number; `undefined` where this case has none. */
  value: (output: Output, ...input: Args) => number | undefined;
  /** Whether a run's figure is the cases' mean (the default) or their sum. */
  kind?: "mean" | "sum";
  /** Which way is better. */
  direction: "higher" | "lower";
  /** How the interval of the arms' difference is made; `"bca"` by default. */
  interval?: "bca" | "percentile" | "basic" | "t";
  /** What it measures, shown in reports. */
  description?: string;
}

/** One arbitrary that generates the whole list of arguments, made by {@linkcode args}. */
export interface ArgumentList<Args extends readonly unknown[]> {
  readonly argumentList: Arbitrary<Args>;
}

/** Fixed cases, each a list of arguments, and what generates the ones after them: {@linkcode cases}. */
export interface FixedCases<Args extends readonly unknown[]> {
  readonly fixed: readonly Args[];
  readonly rest: GeneratedInputs | undefined;
}

/** What generates inputs. */
export type GeneratedInputs =
  | Arbitrary<unknown>
  | readonly [Arbitrary<unknown>, ...Arbitrary<unknown>[]]
  | ArgumentList<readonly unknown[]>;

/** What a task may give as `inputs`. */
export type Inputs = GeneratedInputs | FixedCases<readonly unknown[]>;

/** The list of arguments that `inputs` stand for. */
export type ArgsOf<I extends Inputs> = I extends FixedCases<infer Args extends readonly unknown[]>
  ? Args
  : I extends ArgumentList<infer Args extends readonly unknown[]> ? Args
  : I extends readonly unknown[]
    ? { -readonly [K in keyof I]: I[K] extends Arbitrary<infer T> ? T : never }
  : I extends Arbitrary<infer T> ? [input: T]
  : never;

/** How a report shows inputs and outputs, where their literals would say little. */
export interface Format<Args extends readonly unknown[], Output> {
  input?: (...input: Args) => string;
  output?: (output: Output) => string;
}

/** What {@linkcode defineTask} takes. */
export interface TaskDefinition<I extends Inputs, Output> {
  /** What reports call the task. */
  name: string;
  /** The function that an arm exports; `"solve"` by default. */
  entry?: string;
  /**
   * Where inputs come from: one arbitrary for a function of one argument, a list of arbitraries for
   * one of several arguments, {@linkcode args} where the arguments depend on each other, or
   * {@linkcode cases} for fixed ones, alone or before generated ones.
   */
  inputs: I;
  /**
   * What must hold for every output: at least one hard property, unless `sameAsBaseline` is one. The key is its
   * name in reports.
   */
  properties?: Record<
    string,
    Property<ArgsOf<I>, Output> | PropertyDefinition<ArgsOf<I>, Output>
  >;
  /** How outputs must follow when inputs are changed. The key is its name in reports. */
  relations?: Record<string, NoInfer<Relation<ArgsOf<I>, Output>>>;
  /** When two outputs count as equal; deep equality by default. See `multiset` and `approx`. */
  equivalence?: (left: Output, right: Output) => boolean;
  /**
   * Whether a right candidate gives what the baseline gives, under the task's equivalence: then `"same as
   * the baseline"` is a hard property of the candidate. For functions with one right answer; without it
   * the arms' outputs are not compared with each other. False by default.
   */
  sameAsBaseline?: boolean;
  /** Numbers to compare the arms by. The key is its name in reports and policies. */
  metrics?: Record<string, Metric<ArgsOf<I>, Output>>;
  /** Cases with the same key depend on each other, and count together in every interval. */
  cluster?: (...input: ArgsOf<I>) => string | number;
  /** The group that a case belongs to, by which reports and fairness gaps tell cases apart. */
  group?: (...input: ArgsOf<I>) => string;
  /** How to show inputs and outputs. */
  format?: Format<ArgsOf<I>, Output>;
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

/**
 * Fixed cases, each a list of arguments: the first cases of every run, whatever its seed. What is given
 * as `rest` generates the cases after them; without it they are all the cases that there are.
 *
 * @example
 * ```ts
 * cases([[[3, 1, 2]], [[]]], fc.array(fc.integer()));
 * ```
 */
export function cases<const I extends GeneratedInputs>(
  fixed: readonly ArgsOf<I>[],
  rest: I,
): FixedCases<ArgsOf<I>>;
export function cases<Args extends readonly unknown[] | []>(
  fixed: readonly Args[],
): FixedCases<Args>;
export function cases<Args extends readonly unknown[]>(
  fixed: readonly Args[],
  rest?: GeneratedInputs,
): FixedCases<Args> {
  return { fixed, rest };
}

/** Several follow-ups from one source, for a relation's `transform` or `feedBack` to return. */
export function several<Args extends readonly unknown[]>(
  ...followUps: readonly Args[]
): Several<Args> {
  return { followUps };
}

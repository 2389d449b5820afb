/**
 * The library that task files import as `cupel/task`. It runs inside of the task's isolate.
 *
 * @module
 */
export * as fc from "./arbitraries.ts";
export { args, cases, defineTask, several } from "./define.ts";
export type {
  ArgsOf,
  ArgumentList,
  FixedCases,
  FollowUp,
  Format,
  GeneratedInputs,
  Inputs,
  Judgement,
  Metric,
  Property,
  PropertyDefinition,
  Relation,
  Several,
  TaskDefinition,
} from "./define.ts";
export { approx, multiset, type Tolerance } from "./equivalence.ts";
export type { Random } from "./random.ts";

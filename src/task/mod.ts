/**
 * The library that task files import as `cupel/task`. It runs inside of the task's isolate.
 *
 * @module
 */
export * as fc from "./arbitraries.ts";
export { args, defineTask } from "./define.ts";
export type {
  ArgsOf,
  ArgumentList,
  Inputs,
  Judgement,
  Property,
  Relation,
  TaskDefinition,
} from "./define.ts";
export type { Random } from "./random.ts";

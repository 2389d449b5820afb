/**
 * Relations that tasks import as `cupel/task/relations`. Each is a function of a few options that gives
 * a relation, for `relations` of a task. docs/relations.md says which one to use when.
 *
 * @example
 * ```ts
 * import { permutation, scaling } from "cupel/task/relations";
 *
 * const relations = {
 *   "the order of the input": permutation(),
 *   "scaling the input": scaling({ output: "scaled" }),
 * };
 * ```
 *
 * @module
 */
export type { AnyRelation, Expectation, OutputMap } from "./any_relation.ts";
export { caseFolding, type CaseFoldingOptions } from "./case_folding.ts";
export { chain, type Link } from "./chain.ts";
export { duplication, type DuplicationOptions } from "./duplication.ts";
export { idempotence, type IdempotenceOptions } from "./idempotence.ts";
export { inverse, type InverseOptions } from "./inverse.ts";
export { irrelevantField, type IrrelevantFieldOptions } from "./irrelevant_field.ts";
export { monotonicity, type MonotonicityOptions } from "./monotonicity.ts";
export type { ComparingOptions, RelationOptions } from "./options.ts";
export type { At } from "./part.ts";
export { permutation, type PermutationOptions } from "./permutation.ts";
export { scaling, type ScalingOptions } from "./scaling.ts";
export { shifting, type ShiftingOptions } from "./shifting.ts";
export { whitespace, type WhitespaceOptions } from "./whitespace.ts";

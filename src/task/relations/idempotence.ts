import type { Relation } from "../define.ts";
import { feed } from "./feed.ts";
import { describe, nameOf, type OutputMap, type RelationOptions } from "./options.ts";

/** What {@linkcode idempotence} takes. */
export interface IdempotenceOptions<Args extends readonly unknown[], Output>
  extends RelationOptions<Args, Output> {
  /** The part of the output that is fed in; all of it, if left out. */
  take?: (output: Output) => unknown;
  /** How the output follows by a function; without one it stays the same. */
  output?: OutputMap<Args, Output>;
}

/**
 * Feeds the output in again: doing it twice gives what doing it once gives. It does not apply where the
 * output is of another kind than the input, such as a list in place of a text.
 */
export function idempotence<Args extends readonly unknown[], Output>(
  options: IdempotenceOptions<Args, Output> = {},
): Relation<Args, Output> {
  const { at = 0, take = (source: Output): unknown => source, output } = options;
  return {
    ...describe(
      "idempotence",
      `the output fed in again as ${nameOf(at)}: the output stays the same`,
      options,
    ),
    feedBack: (source, input) => feed(input, at, take(source)),
    ...(output === undefined ? {} : { output }),
  };
}

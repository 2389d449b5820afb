import type { AnyRelation, OutputMap } from "./any_relation.ts";
import { feed } from "./feed.ts";
import {
  checkOptions,
  compare,
  type ComparingOptions,
  describe,
  nameOf,
  whatFollows,
} from "./options.ts";

/** What {@linkcode idempotence} takes. */
export interface IdempotenceOptions extends ComparingOptions {
  /** The part of the output that is fed in; all of it, if left out. */
  take?: (output: never) => unknown;
  /** How the output follows by a function; without one it stays the same. */
  output?: OutputMap;
}

/**
 * Feeds the output in again: doing it twice gives what doing it once gives. It does not apply where the
 * output is of another kind than the input, such as a list in place of a text.
 */
export function idempotence(options: IdempotenceOptions = {}): AnyRelation {
  checkOptions("idempotence", options, ["take", "output", "expect"]);
  const { at = 0, take, output } = options;
  return {
    ...describe(
      "idempotence",
      `the output fed in again as ${nameOf(at)}: ${whatFollows(output)}`,
      options,
    ),
    ...compare(options, output),
    feedBack: (source, input) =>
      feed(input, at, take === undefined ? source : take(source as never)),
  };
}

import type { AnyRelation } from "./any_relation.ts";
import { deepEqual } from "../equality.ts";
import { feed } from "./feed.ts";
import { checkOptions, describe, nameOf, type RelationOptions } from "./options.ts";
import { changePart, partOf } from "./part.ts";

/** What {@linkcode inverse} takes. */
export interface InverseOptions extends RelationOptions {
  /** Undoes the program: what it makes of the output must be the input again. */
  by?: (output: never, ...input: never[]) => unknown;
  /** When two inputs count as equal; deep equality by default. */
  equal?: (before: unknown, after: unknown) => boolean;
}

/**
 * Goes there and back. With `by`, a given inverse, that of the output must be the input. Without it the
 * program must be its own inverse, as one that reverses a list: its output, fed in, gives the input.
 *
 * Without `by` it does not apply where the output is of another kind than the input. What `by` throws is
 * held against the program that gave it such an output.
 */
export function inverse(options: InverseOptions = {}): AnyRelation {
  checkOptions("inverse", options, ["by", "equal"]);
  const { at = 0, by, equal = deepEqual } = options;
  const what = by === undefined
    ? `the output fed in as ${nameOf(at)} gives it back`
    : `the inverse of the output gives ${nameOf(at)} back`;
  return {
    ...describe("inverse", what, options),
    feedBack: (source, input) => {
      if (by === undefined) return feed(input, at, source);
      return changePart(input, at, () => by(source as never, ...[...input] as never[]));
    },
    expect: (_source, followUp, sourceInput, followUpInput) => {
      const after = by === undefined ? followUp : partOf(followUpInput, at);
      return equal(partOf(sourceInput, at), after) || "there and back does not lead to the input";
    },
  };
}

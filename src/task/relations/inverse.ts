import type { Relation } from "../define.ts";
import { deepEqual } from "../equality.ts";
import { feed } from "./feed.ts";
import { describe, nameOf, type RelationOptions } from "./options.ts";
import { partOf } from "./part.ts";

/** What {@linkcode inverse} takes. */
export interface InverseOptions<Args extends readonly unknown[], Output>
  extends Omit<RelationOptions<Args, Output>, "expect"> {
  /** Undoes the program: what it makes of the output must be the input again. */
  by?: (output: Output, ...input: Args) => unknown;
  /** When two inputs count as equal; deep equality by default. */
  equal?: (before: unknown, after: unknown) => boolean;
}

/**
 * Goes there and back. With `by`, a given inverse, that of the output must be the input. Without it the
 * program must be its own inverse, as one that reverses a list: its output, fed in, gives the input.
 *
 * It does not apply where what is to be fed in is of another kind than the input.
 */
export function inverse<Args extends readonly unknown[], Output>(
  options: InverseOptions<Args, Output> = {},
): Relation<Args, Output> {
  const { at = 0, by, equal = deepEqual } = options;
  const what = by === undefined
    ? `the output fed in as ${nameOf(at)} gives it back`
    : `the inverse of the output gives ${nameOf(at)} back`;
  return {
    ...describe("inverse", what, options),
    feedBack: (source, input) => feed(input, at, by === undefined ? source : by(source, ...input)),
    expect: (_source, followUp, sourceInput, followUpInput) => {
      const after = by === undefined ? followUp : partOf(followUpInput, at);
      return equal(partOf(sourceInput, at), after) || "there and back does not lead to the input";
    },
  };
}

import type { AnyRelation, OutputMap } from "./any_relation.ts";
import type { Random } from "../random.ts";
import {
  checkOptions,
  compare,
  type ComparingOptions,
  describe,
  nameOf,
  whatFollows,
} from "./options.ts";
import { changePart } from "./part.ts";

/** What {@linkcode permutation} takes. */
export interface PermutationOptions extends ComparingOptions {
  /**
   * How the output follows: it stays the `"same"` (the default); it is a list that is `"permuted"`
   * alike; or what a function makes of it.
   */
  output?: "same" | "permuted" | OutputMap;
}

/**
 * Puts a list into another order: the output does not depend on the order, or follows it.
 *
 * With `output: "permuted"` lists of one length all get the same order, which looks like a random one.
 * It does not apply to lists of fewer than two elements.
 */
export function permutation(options: PermutationOptions = {}): AnyRelation {
  checkOptions("permutation", options, ["output", "expect"], ["same", "permuted"]);
  const { at = 0, output = "same" } = options;
  const isFixed = output === "permuted";
  const permute = (part: unknown, random: Random) => {
    if (!Array.isArray(part) || part.length < 2) return undefined;
    if (isFixed) return inFixedOrder(part);
    // Half of all shuffles of two elements would leave them as they are.
    return part.length === 2 ? [part[1], part[0]] : random.shuffle(part);
  };
  return {
    ...describe("permutation", `permuting ${nameOf(at)}: ${whatFollows(output)}`, options),
    ...compare(options, output, permuteOutput),
    transform: (input, random) => changePart(input, at, (part) => permute(part, random)),
  };
}

function permuteOutput(source: unknown): unknown[] {
  if (!Array.isArray(source)) throw new TypeError("the output is no list that could be permuted");
  return inFixedOrder(source);
}

/**
 * A cyclic permutation that depends on the length alone (S. Sattolo 1986, "An algorithm to generate a
 * random cyclic permutation"), with a linear congruential generator: no element stays in its place.
 */
function inFixedOrder(items: readonly unknown[]): unknown[] {
  const ordered = items.slice();
  let state = items.length;
  for (let last = ordered.length - 1; last > 0; last--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = (state >>> 8) % last;
    const item = ordered[last];
    ordered[last] = ordered[other];
    ordered[other] = item;
  }
  return ordered;
}

import { oneOf } from "../fields.ts";
import type { AnyRelation, OutputMap } from "./any_relation.ts";
import type { Random } from "../random.ts";
import { mapLeaves } from "./leaves.ts";
import {
  checkOptions,
  compare,
  type ComparingOptions,
  describe,
  nameOf,
  whatFollows,
} from "./options.ts";
import { changePart } from "./part.ts";

/** What {@linkcode duplication} takes. */
export interface DuplicationOptions extends ComparingOptions {
  /**
   * What is there twice: one `"element"` (the default), its copy at a random place; or the `"whole"`
   * list, appended to itself.
   */
  of?: "element" | "whole";
  /**
   * How the output follows: it stays the `"same"` (the default); its numbers are `"doubled"`; or what a
   * function makes of it.
   */
  output?: "same" | "doubled" | OutputMap;
}

/** Repeats an element of a list, or all of it. It does not apply to an empty list. */
export function duplication(options: DuplicationOptions = {}): AnyRelation {
  checkOptions("duplication", options, ["of", "output", "expect"], ["same", "doubled"]);
  const { at = 0, of = "element", output = "same" } = options;
  oneOf(of, ["element", "whole"], "`of` of duplication");
  const repeat = (part: unknown, random: Random) => {
    if (!Array.isArray(part) || part.length === 0) return undefined;
    if (of === "whole") return [...part, ...part];
    return part.toSpliced(random.int(0, part.length), 0, random.pick(part));
  };
  const what = of === "whole"
    ? `appending ${nameOf(at)} to itself`
    : `an element of ${nameOf(at)} twice`;
  return {
    ...describe("duplication", `${what}: ${whatFollows(output)}`, options),
    ...compare(options, output, doubleOutput),
    transform: (input, random) => changePart(input, at, (part) => repeat(part, random)),
  };
}

function doubleOutput(source: unknown): unknown {
  return mapLeaves(source, (leaf) => typeof leaf === "number" ? leaf * 2 : leaf);
}

import type { Relation } from "../define.ts";
import type { Random } from "../random.ts";
import { mapLeaves } from "./leaves.ts";
import { describe, nameOf, type OutputMap, type RelationOptions } from "./options.ts";
import { changePart } from "./part.ts";

/** What {@linkcode duplication} takes. */
export interface DuplicationOptions<Args extends readonly unknown[], Output>
  extends RelationOptions<Args, Output> {
  /**
   * What is there twice: one `"element"` (the default), its copy at a random place; or the `"whole"`
   * list, appended to itself.
   */
  of?: "element" | "whole";
  /**
   * How the output follows: it stays the `"same"` (the default); its numbers are `"doubled"`; or what a
   * function makes of it.
   */
  output?: "same" | "doubled" | OutputMap<Args, Output>;
}

/** Repeats an element of a list, or all of it. It does not apply to an empty list. */
export function duplication<Args extends readonly unknown[], Output>(
  options: DuplicationOptions<Args, Output> = {},
): Relation<Args, Output> {
  const { at = 0, of = "element", output = "same" } = options;
  const repeat = (part: unknown, random: Random) => {
    if (!Array.isArray(part) || part.length === 0) return undefined;
    if (of === "whole") return [...part, ...part];
    return part.toSpliced(random.int(0, part.length), 0, random.pick(part));
  };
  const what = of === "whole"
    ? `appending ${nameOf(at)} to itself`
    : `an element of ${nameOf(at)} twice`;
  return {
    ...describe("duplication", `${what}: ${FOLLOWS[followKind(output)]}`, options),
    transform: (input, random) => changePart(input, at, (part) => repeat(part, random)),
    ...(output === "same" ? {} : { output: output === "doubled" ? doubleOutput : output }),
  };
}

const FOLLOWS = {
  same: "the output stays the same",
  doubled: "the output's numbers are doubled",
  own: "the output follows as it must",
};

function followKind(output: unknown): keyof typeof FOLLOWS {
  return output === "same" || output === "doubled" ? output : "own";
}

function doubleOutput<Output>(source: Output): Output {
  return mapLeaves(source, (leaf) => typeof leaf === "number" ? leaf * 2 : leaf) as Output;
}

import type { Relation } from "../define.ts";
import type { Random } from "../random.ts";
import { changeTexts } from "./leaves.ts";
import { describe, nameOf, type OutputMap, type RelationOptions } from "./options.ts";
import { changePart } from "./part.ts";

/** What {@linkcode whitespace} takes. */
export interface WhitespaceOptions<Args extends readonly unknown[], Output>
  extends RelationOptions<Args, Output> {
  /** Where space is added: at the `"ends"` (the default), in the `"gaps"` that there are, or `"both"`. */
  where?: "ends" | "gaps" | "both";
  /** The characters that are added; space, tab and line feed by default. */
  spaces?: readonly string[];
  /** How the output follows by a function; without one it stays the same. */
  output?: OutputMap<Args, Output>;
}

/**
 * Adds whitespace to every text of the part, one to three characters at each place. With `"gaps"` it
 * does not apply where there is no whitespace yet.
 */
export function whitespace<Args extends readonly unknown[], Output>(
  options: WhitespaceOptions<Args, Output> = {},
): Relation<Args, Output> {
  const { at = 0, where = "ends", spaces = [" ", "\t", "\n"], output } = options;
  const add = (text: string, random: Random) => {
    const space = () =>
      Array.from({ length: random.int(1, 3) }, () => random.pick(spaces)).join("");
    const wider = where === "ends" ? text : text.replace(/\s+/g, (gap) => gap + space());
    return where === "gaps" ? wider : space() + wider + space();
  };
  return {
    ...describe(
      "whitespace",
      `more whitespace in ${nameOf(at)}: ` +
        (output === undefined ? "the output stays the same" : "the output follows as it must"),
      options,
    ),
    transform: (input, random) =>
      changePart(input, at, (part) => changeTexts(part, (text) => add(text, random))),
    ...(output === undefined ? {} : { output }),
  };
}

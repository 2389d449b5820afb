import { oneOf } from "../fields.ts";
import type { AnyRelation, OutputMap } from "./any_relation.ts";
import type { Random } from "../random.ts";
import { changeTexts } from "./leaves.ts";
import {
  checkOptions,
  compare,
  type ComparingOptions,
  describe,
  nameOf,
  whatFollows,
} from "./options.ts";
import { changePart } from "./part.ts";

/** What {@linkcode whitespace} takes. */
export interface WhitespaceOptions extends ComparingOptions {
  /** Where space is added: at the `"ends"` (the default), in the `"gaps"` that there are, or `"both"`. */
  where?: "ends" | "gaps" | "both";
  /** The characters that are added; space, tab and line feed by default. */
  spaces?: readonly string[];
  /** How the output follows by a function; without one it stays the same. */
  output?: OutputMap;
}

/**
 * Adds whitespace to every text of the part, one to three characters at each place. With `"gaps"` it
 * does not apply where there is no whitespace yet.
 */
export function whitespace(options: WhitespaceOptions = {}): AnyRelation {
  checkOptions("whitespace", options, ["where", "spaces", "output", "expect"]);
  const { at = 0, where = "ends", spaces = [" ", "\t", "\n"], output } = options;
  oneOf(where, ["ends", "gaps", "both"], "`where` of whitespace");
  const add = (text: string, random: Random) => {
    const space = () =>
      Array.from({ length: random.int(1, 3) }, () => random.pick(spaces)).join("");
    const wider = where === "ends" ? text : text.replace(/\s+/g, (gap) => gap + space());
    return where === "gaps" ? wider : space() + wider + space();
  };
  return {
    ...describe(
      "whitespace",
      `more whitespace ${PLACES[where]} of ${nameOf(at)}: ${whatFollows(output)}`,
      options,
    ),
    ...compare(options, output),
    transform: (input, random) =>
      changePart(input, at, (part) => changeTexts(part, (text) => add(text, random))),
  };
}

const PLACES = { ends: "at the ends", gaps: "in the gaps", both: "at the ends and in the gaps" };

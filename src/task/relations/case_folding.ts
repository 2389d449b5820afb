import { oneOf } from "../fields.ts";
import type { AnyRelation, OutputMap } from "./any_relation.ts";
import { changeTexts, mapLeaves } from "./leaves.ts";
import {
  checkOptions,
  compare,
  type ComparingOptions,
  describe,
  nameOf,
  whatFollows,
} from "./options.ts";
import { changePart } from "./part.ts";

/** What {@linkcode caseFolding} takes. */
export interface CaseFoldingOptions extends ComparingOptions {
  /** What letters become: `"upper"` or `"lower"` case, or each the other one: `"swap"` (the default). */
  to?: "upper" | "lower" | "swap";
  /**
   * Whether letters beyond ASCII change too: those that have one counterpart of the same length, which
   * leads back to them. `false` by default.
   */
  unicode?: boolean;
  /**
   * How the output follows: it stays the `"same"` (the default); its texts are `"folded"` alike; or what
   * a function makes of it.
   */
  output?: "same" | "folded" | OutputMap;
}

/**
 * Changes the case of the letters of every text of the part. It does not apply where there is no letter
 * to change.
 */
export function caseFolding(options: CaseFoldingOptions = {}): AnyRelation {
  checkOptions("caseFolding", options, ["to", "unicode", "output", "expect"], ["same", "folded"]);
  const { at = 0, to = "swap", unicode = false, output = "same" } = options;
  oneOf(to, ["upper", "lower", "swap"], "`to` of caseFolding");
  const letters = unicode ? /\p{Cased}/gu : /[A-Za-z]/g;
  const fold = (text: string) => text.replace(letters, (letter) => foldLetter(letter, to));
  const foldOutput = (source: unknown) =>
    mapLeaves(source, (leaf) => typeof leaf === "string" ? fold(leaf) : leaf);
  return {
    ...describe(
      "case folding",
      `changing the case of ${nameOf(at)}: ${whatFollows(output)}`,
      options,
    ),
    ...compare(options, output, foldOutput),
    transform: (input) => changePart(input, at, (part) => changeTexts(part, fold)),
  };
}

function foldLetter(letter: string, to: "upper" | "lower" | "swap"): string {
  const upper = letter.toUpperCase();
  const isLower = letter !== upper;
  if (to !== "swap" && isLower === (to === "lower")) return letter;
  const folded = isLower ? upper : letter.toLowerCase();
  const back = isLower ? folded.toLowerCase() : folded.toUpperCase();
  return folded.length === letter.length && back === letter ? folded : letter;
}

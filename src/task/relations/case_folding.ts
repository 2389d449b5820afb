import type { Relation } from "../define.ts";
import { changeTexts, mapLeaves } from "./leaves.ts";
import { describe, nameOf, type OutputMap, type RelationOptions } from "./options.ts";
import { changePart } from "./part.ts";

/** What {@linkcode caseFolding} takes. */
export interface CaseFoldingOptions<Args extends readonly unknown[], Output>
  extends RelationOptions<Args, Output> {
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
  output?: "same" | "folded" | OutputMap<Args, Output>;
}

/**
 * Changes the case of the letters of every text of the part. It does not apply where there is no letter
 * to change.
 */
export function caseFolding<Args extends readonly unknown[], Output>(
  options: CaseFoldingOptions<Args, Output> = {},
): Relation<Args, Output> {
  const { at = 0, to = "swap", unicode = false, output = "same" } = options;
  const letters = unicode ? /\p{Cased}/gu : /[A-Za-z]/g;
  const fold = (text: string) => text.replace(letters, (letter) => foldLetter(letter, to));
  const foldOutput = (source: Output) =>
    mapLeaves(source, (leaf) => typeof leaf === "string" ? fold(leaf) : leaf) as Output;
  const follows = output === "folded"
    ? "the output's case changes alike"
    : "the output follows as it must";
  return {
    ...describe(
      "case folding",
      `changing the case of ${nameOf(at)}: ` +
        (output === "same" ? "the output stays the same" : follows),
      options,
    ),
    transform: (input) => changePart(input, at, (part) => changeTexts(part, fold)),
    ...(output === "same" ? {} : { output: output === "folded" ? foldOutput : output }),
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

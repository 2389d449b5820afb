import { defineTask } from "cupel/task";
import { caseFolding, idempotence, whitespace } from "cupel/task/relations";
import * as fc from "fast-check";

/** Of every kind that goes wrong: what each of them becomes stands behind it. */
const characters = fc.constantFrom(
  ...["a", "b", "z", "A", "Z", "7"],
  ...["é", "É", "e\u0301", "E\u0301"], // é, with its accent as a character of its own or not
  "\u212B", // the Ångström sign: å
  "\u212A", // the kelvin sign: k
  "\u210C", // a black-letter H: h
  "\uFF21", // a full-width A: a
  "\u2167", // the Roman numeral eight: viii
  "\uFB01", // the ligature fi: fi
  "ß",
);

/** Space, tab, line feed, no-break space, em space, ideographic space. */
const spaces = fc.constantFrom(" ", "\t", "\n", "\u00A0", "\u2003", "\u3000");

const word = fc.array(characters, { minLength: 1, maxLength: 6 }).map((list) => list.join(""));
const gap = fc.array(spaces, { minLength: 1, maxLength: 3 }).map((list) => list.join(""));
const edge = fc.oneof(fc.constant(""), gap);

const text = fc.tuple(edge, fc.array(fc.tuple(word, gap), { maxLength: 6 }), word, edge)
  .map(([start, words, last, end]) => [start, ...words.flat(), last, end].join(""));

/** What two texts have in common that differ in white space, case and composition only. */
function letters(written: string): string {
  return written.normalize("NFKC").toLowerCase().replace(/\s/g, "");
}

export default defineTask({
  name: "text in its normal form",
  entry: "normalize",
  inputs: fc.oneof({ weight: 9, arbitrary: text }, { weight: 1, arbitrary: edge }),
  properties: {
    "is a text": (output: string) => typeof output === "string",
    "is in normalisation form KC": (output) => output === output.normalize("NFKC"),
    "is in lower case": (output) => output === output.toLowerCase(),
    "has single spaces, between words only": (output) => !/^\s|\s$|\s\s|[^\S ]/.test(output),
    "keeps all letters": (output, written) => letters(output) === letters(written),
    "has as many words as the input": (output, written) =>
      output.split(" ").length === written.trim().split(/\s+/).length,
  },
  relations: {
    "twice is once": idempotence(),
    "the case does not matter": caseFolding(),
    "more white space does not matter": whitespace({
      where: "both",
      spaces: [" ", "\t", "\u00A0", "\u3000"],
    }),
    "how accents are written does not matter": {
      category: "normalisation",
      description: "the input in normalisation form D: the output stays the same",
      transform: ([written]) => {
        const decomposed = written.normalize("NFD");
        return decomposed === written ? undefined : [decomposed];
      },
    },
  },
});

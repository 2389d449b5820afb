/** The call that every way of isolating is measured with: sort six numbers, return three. */
export const CASE = {
  source: "export function topK(values, k) {\n" +
    "  return [...values].sort((left, right) => right - left).slice(0, k);\n" +
    "}\n",
  entry: "topK",
  args: [[5, 3, 9, 1, 7, 2], 3],
  answer: "[9,7,5]",
};

/** The same call as one script whose value is the answer's JSON. */
export const CASE_SCRIPT = CASE.source.replace("export ", "") +
  `JSON.stringify(${CASE.entry}(...${JSON.stringify(CASE.args)}))`;

/**
 * A peer that answers wrongly, or not at all, is not measured but reported.
 *
 * @throws If the answer is another.
 */
export function checkAnswer(answer: unknown): void {
  if (answer !== CASE.answer) throw new Error(`The case's answer was ${String(answer)}`);
}

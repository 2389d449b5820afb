/** One relation of the library, as lists and documents show it. */
export interface RelationKind {
  /** The function's name. */
  name: string;
  /** The function with its own options; all but `chain` also take `at`, `description` and `weight`. */
  signature: string;
  /** What it says of a right program. */
  says: string;
  /** When to use it. */
  use: string;
  /** When it would accuse a right program, or say nothing. */
  avoid: string;
  /** A line for `relations` of a task. */
  example: string;
}

/** Every relation of `cupel/task/relations`. */
export const RELATION_KINDS: readonly RelationKind[] = [
  {
    name: "permutation",
    signature: 'permutation({ output: "same" | "permuted" | map })',
    says: "another order of a list does not change the output, or permutes it alike",
    use: "lists that stand for sets or samples; functions that treat each element by itself",
    avoid:
      "order has a meaning, such as time or rank; equal elements keep their order (stable sorting)",
    example: '"the order does not matter": permutation(),',
  },
  {
    name: "duplication",
    signature: 'duplication({ of: "element" | "whole", output: "same" | "doubled" | map })',
    says: "what is there twice does not change the output, or doubles its numbers",
    use:
      "sets, minima and maxima (an element); means and medians (the whole); sums and counts (doubled)",
    avoid:
      "elements must be unique by contract; doubling sums of fractions, whose rounding differs",
    example: '"twice the sample, the same mean": duplication({ of: "whole" }),',
  },
  {
    name: "scaling",
    signature: 'scaling({ factor: 2, rounds: false, output: "same" | "scaled" | map })',
    says: "other units do not change the output, or scale its numbers alike",
    use: "amounts, lengths, times; ratios and choices (same), sums and means (scaled)",
    avoid: "the input holds thresholds or counts that do not scale; give `at` to leave them out",
    example:
      '"in another unit": scaling({ at: [0, "*", "price"], factor: 128, output: "scaled" }),',
  },
  {
    name: "shifting",
    signature: 'shifting({ by: 1, rounds: false, output: "same" | "shifted" | map })',
    says: "another zero does not change the output, or shifts its numbers alike",
    use:
      "points in time, positions, ranks; differences and spreads (same), means and extremes (shifted)",
    avoid:
      "zero has a meaning; numbers with fractions, unless it `rounds` and the task's `approx` allows it",
    example: '"a day later": shifting({ by: 86_400, output: "shifted" }),',
  },
  {
    name: "caseFolding",
    signature: 'caseFolding({ to: "upper" | "lower" | "swap", output: "same" | "folded" | map })',
    says: "the case of letters does not matter, or is kept",
    use: "searching, comparing and normalising of text (same); trimming and cutting it (folded)",
    avoid: "case has a meaning: passwords, paths, Base64; letters beyond ASCII only with `unicode`",
    example: '"case does not matter": caseFolding({ at: 1 }),',
  },
  {
    name: "whitespace",
    signature: 'whitespace({ where: "ends" | "gaps" | "both", spaces: [" ", "\\t", "\\n"] })',
    says: "more whitespace around a text, or where there is some, does not matter",
    use: "parsers, normalisers, tokenisers, forms that people fill in",
    avoid: "whitespace is kept or counted; within quotes; indentation has a meaning",
    example: '"spaces do not matter": whitespace({ where: "both" }),',
  },
  {
    name: "irrelevantField",
    signature: 'irrelevantField({ field: "irrelevant", values: [null, 0, 1, "?"] })',
    says: "a field that must not matter does not: added, or set to another value",
    use:
      "protected attributes, identifiers, comments; records that may have more fields than are known",
    avoid: "the output carries the record along; unknown fields are refused by contract",
    example: '"group does not matter": irrelevantField({ field: "group", values: ["A", "B"] }),',
  },
  {
    name: "idempotence",
    signature: "idempotence({ take: (output) => part })",
    says: "doing it twice gives what doing it once gives",
    use: "sorting, normalising, formatting, rounding, removing duplicates",
    avoid: "each pass makes progress, such as one step of an iteration",
    example: '"twice is once": idempotence(),',
  },
  {
    name: "inverse",
    signature: "inverse({ by: (output, ...input) => input, equal: deepEqual })",
    says: "an inverse leads back to the input; without `by` the program is its own inverse",
    use:
      "encoding (give a decoder that you trust), reversing, transposing, negating, complementing",
    avoid: "something is lost on the way; give `equal` to allow for that",
    example: '"can be read back": inverse({ by: (output: string) => JSON.parse(output) }),',
  },
  {
    name: "monotonicity",
    signature: 'monotonicity({ direction: "up" | "down", grow: f, atMost: f })',
    says: "the input grows, and the output does not shrink; or, down, does not grow",
    use:
      "prices, scores, limits, yes or no; give the orders of inputs and of outputs where they are yours",
    avoid: "a larger input may do both; outputs with noise",
    example: '"a larger income does no harm": monotonicity({ at: [0, "income"] }),',
  },
  {
    name: "chain",
    signature: "chain(relation, relation, …)",
    says: "several changes, one after the other, with what follows from each",
    use: "changes that make sense together only; faults that show in combinations",
    avoid: "one of them feeds outputs back; a map of outputs needs the input in between",
    example: '"in any order, in any unit": chain(permutation(), scaling({ output: "scaled" })),',
  },
];

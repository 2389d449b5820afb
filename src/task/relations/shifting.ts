import type { Relation } from "../define.ts";
import { changeNumbers, mapLeaves } from "./leaves.ts";
import { describe, nameOf, type OutputMap, type RelationOptions } from "./options.ts";
import { changePart } from "./part.ts";

/** What {@linkcode shifting} takes. */
export interface ShiftingOptions<Args extends readonly unknown[], Output>
  extends RelationOptions<Args, Output> {
  /** What is added to every number; 1 by default. A whole number, unless it `rounds`. */
  by?: number;
  /** Allows for any numbers: the task's equivalence must allow for rounding then. See `approx`. */
  rounds?: boolean;
  /**
   * How the output follows: it stays the `"same"` (the default); its numbers are `"shifted"` alike; or
   * what a function makes of it.
   */
  output?: "same" | "shifted" | OutputMap<Args, Output>;
}

/**
 * Adds to every number of the part, in lists and plain objects as well.
 *
 * Whole numbers to whole numbers only, if not told otherwise: that rounds nothing, so that right
 * outputs are equal to the last bit. It does not apply where the part holds other numbers, or where a
 * sum is beyond the safe integers.
 *
 * @throws {RangeError} For a shift that is not whole, where it is not said that it `rounds`.
 */
export function shifting<Args extends readonly unknown[], Output>(
  options: ShiftingOptions<Args, Output> = {},
): Relation<Args, Output> {
  const { at = 0, by = 1, rounds = false, output = "same" } = options;
  checkShift(by, rounds);
  const fits = rounds ? Number.isFinite : Number.isSafeInteger;
  const shiftOrRefuse = (number: number) =>
    fits(number) && fits(number + by) ? number + by : undefined;
  const shiftOutput = (source: Output) =>
    mapLeaves(source, (leaf) => typeof leaf === "number" ? leaf + by : leaf) as Output;
  const follows = output === "shifted"
    ? "the output is shifted alike"
    : "the output follows as it must";
  return {
    ...describe(
      "shifting",
      `adding ${by} to ${nameOf(at)}: ` +
        (output === "same" ? "the output stays the same" : follows),
      options,
    ),
    transform: (input) => changePart(input, at, (part) => changeNumbers(part, shiftOrRefuse)),
    ...(output === "same" ? {} : { output: output === "shifted" ? shiftOutput : output }),
  };
}

function checkShift(by: number, rounds: boolean): void {
  if (by !== 0 && (rounds ? Number.isFinite(by) : Number.isSafeInteger(by))) return;
  const accepted = rounds
    ? "a finite number but 0"
    : "a whole number but 0, or `rounds: true` given";
  throw new RangeError(
    `Cannot use \`by\` of shifting as it must be ${accepted}: current value is ${by}`,
  );
}

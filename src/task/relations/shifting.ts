import { problem } from "../fields.ts";
import type { AnyRelation, OutputMap } from "./any_relation.ts";
import { changeNumbers, mapLeaves } from "./leaves.ts";
import {
  checkOptions,
  compare,
  type ComparingOptions,
  describe,
  nameOf,
  whatFollows,
} from "./options.ts";
import { changePart } from "./part.ts";

/** What {@linkcode shifting} takes. */
export interface ShiftingOptions extends ComparingOptions {
  /** What is added to every number; 1 by default. A whole number, unless it `rounds`. */
  by?: number;
  /** Allows for any numbers: the task's equivalence must allow for rounding then. See `approx`. */
  rounds?: boolean;
  /**
   * How the output follows: it stays the `"same"` (the default); its numbers are `"shifted"` alike; or
   * what a function makes of it.
   */
  output?: "same" | "shifted" | OutputMap;
}

/**
 * Adds to every number of the part, in lists and plain objects as well.
 *
 * Whole numbers to whole numbers only, if not told otherwise: that rounds nothing, so that right
 * outputs are equal to the last bit. It does not apply where the part holds other numbers, or where a
 * sum is beyond the safe integers.
 *
 * @throws {TaskError} For a shift that is not whole, where it is not said that it `rounds`.
 */
export function shifting(options: ShiftingOptions = {}): AnyRelation {
  checkOptions("shifting", options, ["by", "rounds", "output", "expect"], ["same", "shifted"]);
  const { at = 0, by = 1, rounds = false, output = "same" } = options;
  checkShift(by, rounds);
  const fits = rounds ? Number.isFinite : Number.isSafeInteger;
  const shiftOrRefuse = (number: number) =>
    fits(number) && fits(number + by) ? number + by : undefined;
  const shiftOutput = (source: unknown) =>
    mapLeaves(source, (leaf) => typeof leaf === "number" ? leaf + by : leaf);
  return {
    ...describe("shifting", `adding ${by} to ${nameOf(at)}: ${whatFollows(output)}`, options),
    ...compare(options, output, shiftOutput),
    transform: (input) => changePart(input, at, (part) => changeNumbers(part, shiftOrRefuse)),
  };
}

function checkShift(by: number, rounds: boolean): void {
  if (by !== 0 && (rounds ? Number.isFinite(by) : Number.isSafeInteger(by))) return;
  const accepted = rounds
    ? "a finite number but 0"
    : "a whole number but 0, or `rounds: true` given";
  throw problem("`by` of shifting", accepted, by);
}

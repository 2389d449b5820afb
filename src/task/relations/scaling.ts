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

/** What {@linkcode scaling} takes. */
export interface ScalingOptions extends ComparingOptions {
  /** What every number is multiplied by; 2 by default. A power of two, unless it `rounds`. */
  factor?: number;
  /** Allows for other factors: the task's equivalence must allow for rounding then. See `approx`. */
  rounds?: boolean;
  /**
   * How the output follows: it stays the `"same"` (the default); its numbers are `"scaled"` alike; or
   * what a function makes of it.
   */
  output?: "same" | "scaled" | OutputMap;
}

/**
 * Multiplies every number of the part, in lists and plain objects as well.
 *
 * By powers of two only (negative ones too), if not told otherwise: that rounds nothing, so that right
 * outputs are equal to the last bit. It does not apply where a number is not finite, where scaling
 * loses digits (beyond the range of doubles), or where a whole number would not stay one that is exact.
 *
 * @throws {TaskError} For a factor that is no power of two, where it is not said that it `rounds`.
 */
export function scaling(options: ScalingOptions = {}): AnyRelation {
  checkOptions("scaling", options, ["factor", "rounds", "output", "expect"], ["same", "scaled"]);
  const { at = 0, factor = 2, rounds = false, output = "same" } = options;
  checkFactor(factor, rounds);
  // A zero keeps its sign, as 0 and -0 are not equal.
  const scale = (number: number) => number === 0 ? number : number * factor;
  const scaleOrRefuse = (number: number) => {
    const scaled = scale(number);
    return canScale(number, scaled) && (rounds || scaled / factor === number) ? scaled : undefined;
  };
  const scaleOutput = (source: unknown) =>
    mapLeaves(source, (leaf) => typeof leaf === "number" ? scale(leaf) : leaf);
  return {
    ...describe(
      "scaling",
      `multiplying ${nameOf(at)} by ${factor}: ${whatFollows(output)}`,
      options,
    ),
    ...compare(options, output, scaleOutput),
    transform: (input) => changePart(input, at, (part) => changeNumbers(part, scaleOrRefuse)),
  };
}

/** A whole number must stay a safe one: a program for whole numbers owes nothing for others. */
function canScale(number: number, scaled: number): boolean {
  return Number.isFinite(scaled) && (!Number.isSafeInteger(number) || Number.isSafeInteger(scaled));
}

function checkFactor(factor: number, rounds: boolean): void {
  const isUsable = Number.isFinite(factor) && factor !== 0 && factor !== 1;
  if (isUsable && (rounds || isPowerOfTwo(Math.abs(factor)))) return;
  const accepted = rounds
    ? "a finite number but 0 and 1"
    : "a power of two but 1, or `rounds: true` given";
  throw problem("`factor` of scaling", accepted, factor);
}

function isPowerOfTwo(number: number): boolean {
  let rest = number;
  while (rest >= 2) rest /= 2;
  while (rest < 1) rest *= 2;
  return rest === 1;
}

import { oneOf } from "../fields.ts";
import type { AnyRelation } from "./any_relation.ts";
import type { Random } from "../random.ts";
import { checkOptions, describe, nameOf, type RelationOptions } from "./options.ts";
import { changePart } from "./part.ts";

/** What {@linkcode monotonicity} takes. */
export interface MonotonicityOptions extends RelationOptions {
  /** Whether the output goes `"up"` with the input (the default) or `"down"`; it may stay where it is. */
  direction?: "up" | "down";
  /**
   * Makes the part larger, in the order of inputs that is meant; `undefined` where it cannot. By default
   * a number, or one number of a list, grows by a whole number: by up to 16, or up to its own size.
   */
  grow?: (part: never, random: Random) => unknown;
  /**
   * The order of outputs: whether the first is at most the second. By default that of numbers, texts
   * and truth values, and for lists of one length, that of each pair of elements.
   */
  atMost?: (first: never, second: never) => boolean;
}

/** Makes an input larger: the output does not become smaller; or, `"down"`, not larger. */
export function monotonicity(options: MonotonicityOptions = {}): AnyRelation {
  checkOptions("monotonicity", options, ["direction", "grow", "atMost"]);
  const { at = 0, direction = "up", grow = growNumber, atMost = isAtMost } = options;
  oneOf(direction, ["up", "down"], "`direction` of monotonicity");
  const way = direction === "up" ? "shrink" : "grow";
  return {
    ...describe("monotonicity", `${nameOf(at)} grows: the output does not ${way}`, options),
    transform: (input, random) => changePart(input, at, (part) => grow(part as never, random)),
    expect: (source, followUp) =>
      (direction === "up"
        ? atMost(source as never, followUp as never)
        : atMost(followUp as never, source as never)) ||
      `the input grows, and the output ${way}s`,
  };
}

function growNumber(part: unknown, random: Random): unknown {
  if (Array.isArray(part)) {
    if (part.length === 0) return undefined;
    const at = random.int(0, part.length - 1);
    const grown = growNumber(part[at], random);
    return grown === undefined ? undefined : part.with(at, grown);
  }
  if (typeof part !== "number" || !Number.isFinite(part)) return undefined;
  const most = Math.min(Math.max(16, Math.floor(Math.abs(part))), Number.MAX_SAFE_INTEGER);
  const grown = part + random.int(1, most);
  const isExact = !Number.isInteger(part) || Number.isSafeInteger(grown);
  return grown > part && isExact ? grown : undefined;
}

function isAtMost(first: unknown, second: unknown): boolean {
  if (Array.isArray(first) && Array.isArray(second)) {
    return first.length === second.length && first.every((item, at) => isAtMost(item, second[at]));
  }
  if (typeof first !== typeof second || !ORDERED.includes(typeof first)) {
    throw new TypeError("the outputs have no order: give `atMost`");
  }
  return (first as number) <= (second as number);
}

const ORDERED = ["number", "bigint", "string", "boolean"];

import type { Value } from "../values/value.ts";
import { type Signature, signatureText, type TypeName } from "./signature.ts";

/** A value that a function of a core module cannot take, or a function that cannot be called. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
}

/** What each type of number takes, for messages. */
const ACCEPTED: Readonly<Record<TypeName, string>> = {
  i32: "an integer from -2147483648 to 4294967295",
  i64: "a bigint from -2^63 to 2^64-1, or a safe integer",
  f32: "a number",
  f64: "a number",
};

const LEAST_I32 = -(2 ** 31);
const MOST_U32 = 2 ** 32 - 1;
const LEAST_I64 = -(2n ** 63n);
const MOST_U64 = 2n ** 64n - 1n;

/**
 * The arguments of a function, as WebAssembly takes them.
 *
 * @throws ArgumentError for a function with other types than numbers, and for values that do not fit.
 */
export function toNumbers(
  signature: Signature,
  args: readonly Value[],
): (number | bigint)[] {
  const { params, results } = signature;
  const other = [...params, ...results].find((type) => ACCEPTED[type] === undefined);
  if (other !== undefined) {
    throw new ArgumentError(
      `its type is ${
        signatureText(signature)
      }, and only numbers can be given and taken: not ${other}`,
    );
  }
  if (args.length !== params.length) {
    const expected = params.length === 1 ? "1 argument" : `${params.length} arguments`;
    throw new ArgumentError(`it takes ${expected} and was given ${args.length}`);
  }
  return params.map((type, index) => toNumber(type, args[index], index));
}

function toNumber(type: TypeName, value: Value, index: number): number | bigint {
  const number = convert(type, value);
  if (number !== undefined) return number;
  throw new ArgumentError(
    `argument ${index + 1}, of type ${type}, must be ${ACCEPTED[type]}: it is ${shown(value)}`,
  );
}

function convert(type: TypeName, value: Value): number | bigint | undefined {
  switch (type) {
    case "i32":
      return isIntegerWithin(value, LEAST_I32, MOST_U32) ? value | 0 : undefined;
    case "i64":
      if (Number.isSafeInteger(value)) return BigInt(value as number);
      return typeof value === "bigint" && value >= LEAST_I64 && value <= MOST_U64
        ? BigInt.asIntN(64, value)
        : undefined;
    default:
      // What bits another NaN has depends on where it comes from.
      if (typeof value !== "number") return undefined;
      return Number.isNaN(value) ? NaN : value;
  }
}

function isIntegerWithin(value: Value, least: number, most: number): value is number {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

function shown(value: Value): string {
  switch (typeof value) {
    case "number":
      return Object.is(value, -0) ? "-0" : `${value}`;
    case "bigint":
      return value > -MOST_U64 && value <= 2n * MOST_U64 ? `${value}n` : "a larger bigint";
    case "object":
      return value === null ? "null" : Array.isArray(value) ? "an array" : "an object";
    case "undefined":
      return "undefined";
    default:
      return `a ${typeof value}`;
  }
}

/**
 * What a function gave, as a value: `undefined` for nothing, an array for several results. Integers are signed,
 * and there is one NaN.
 */
export function toValue({ results }: Signature, given: unknown): Value {
  if (results.length === 0) return undefined;
  if (results.length === 1) return resultOf(given);
  return Array.isArray(given) ? given.map(resultOf) : undefined;
}

function resultOf(given: unknown): Value {
  if (typeof given === "bigint") return given;
  return Number.isNaN(given) ? NaN : Number(given);
}

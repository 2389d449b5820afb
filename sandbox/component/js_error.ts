import { cut } from "../cut.ts";
import type { ValueType } from "./types.ts";
import { typeText } from "./wit_text.ts";

/** A JavaScript value that is no value of the type that is asked for. */
export class JsValueError extends Error {
  override readonly name = "JsValueError";
}

/** Most characters of a value in a message. */
const MOST_SHOWN = 60;

/** Most characters of a type in a message. */
const MOST_TYPE = 100;

/** Most characters of what a value must be: a type may have many names. */
const MOST_WANTED = 500;

/** A value for a message. Nothing of it is called. */
export function shown(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(cut(value, MOST_SHOWN));
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      // Printing takes time that grows with the square of the digits.
      return BigInt.asIntN(128, value) === value ? `${value}n` : "a bigint of more than 128 bits";
    case "object":
      return shownObject(value);
    case "function":
    case "symbol":
      return `a ${typeof value}`;
    default:
      return String(value);
  }
}

function shownObject(value: object | null): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return `an array of length ${value.length}`;
  if (ArrayBuffer.isView(value)) return "a typed array";
  return "an object";
}

/** Where a value stands in the arguments, and its type: for messages. */
export interface Part {
  /** Such as `argument 1[3].size`. */
  path: string;
  type: ValueType;
}

/** Says at which part of an argument something is wrong: `argument 1[3].size, of type u8, must be …`. */
export function mustBe({ path, type }: Part, wanted: string, value: unknown): JsValueError {
  return new JsValueError(
    `${path}, of type ${cut(typeText(type), MOST_TYPE)}, must be ${cut(wanted, MOST_WANTED)}: ` +
      `current value is ${shown(value)}`,
  );
}

/** Says how many arguments a function takes, in words that numbers.ts of core modules has as well. */
export function wrongNumber(taken: number, given: number): JsValueError {
  const some = taken === 1 ? "1 argument" : `${taken} arguments`;
  return new JsValueError(`it takes ${some} and was given ${given}`);
}

import { CodecError } from "./codec_error.ts";
import { refuseCycles } from "./cycles.ts";
import { ACCEPTED, MAX_BIGINT_DIGITS, MAX_DEPTH } from "./format.ts";
import { areNumbers, encodePlain } from "./plain_json.ts";
import {
  arrayPrototype,
  bigintToText,
  datePrototype,
  dateToNumber,
  getPrototypeOf,
  isArray,
  joinNumbers,
  keysOf,
  mapForEach,
  mapPrototype,
  mapSize,
  objectPrototype,
  setForEach,
  setPrototype,
  setSize,
  sliceText,
  stringifyJson,
  typedArrayLength,
  typedArrayName,
} from "./primordials.ts";
import { TYPED_ARRAYS, type TypedArrayClass } from "./typed_arrays.ts";
import type { TypedArray } from "./value.ts";

// This file also runs inside isolates: read the note in primordials.ts before changing it.

/**
 * Writes a value as text (see format.ts). Shared references are copied, extra properties of arrays,
 * properties that are not enumerable and properties named by symbols are left out. Getters are called,
 * possibly twice.
 *
 * @param limit most UTF-16 units of text; work stops soon after it is passed.
 * @throws {CodecError} for a value that cannot cross, with the path to the part at fault.
 */
export function encode(value: unknown, limit = Infinity): string {
  try {
    const text = (typeof value === "object" && value !== null && encodePlain(value, limit)) ||
      encodeAny(value, 0, limit);
    if (text.length > limit) throw tooLarge(limit);
    return text;
  } catch (error) {
    // A cycle shows as too deep or too large; looking for it beforehand would cost every value.
    if (CodecError.is(error)) refuseCycles(value);
    throw error;
  }
}

/**
 * Any value. Containers call one another directly where they can, as a frame for each level of nesting
 * is all that the stack of a guest has room for.
 */
function encodeAny(value: unknown, depth: number, limit: number): string {
  if (typeof value !== "object" || value === null) return encodeScalar(value, limit);
  if (isArray(value)) return encodeArray(value, depth, limit);
  return encodeObject(value, depth, limit);
}

function encodeScalar(value: unknown, limit: number): string {
  switch (typeof value) {
    case "number":
      return encodeNumber(value);
    case "string":
      if (value.length > limit) throw tooLarge(limit);
      return stringifyJson(value);
    case "boolean":
      return value ? "true" : "false";
    case "undefined":
      return '{"$":"undefined"}';
    case "bigint":
      return '{"$":"bigint","v":' + encodeBigInt(value) + "}";
    case "object":
      return "null";
    default:
      throw new CodecError("it is a " + typeof value + "; accepted are " + ACCEPTED);
  }
}

function encodeNumber(value: number): string {
  if (value - value === 0 && (value !== 0 || 1 / value > 0)) return "" + value;
  return '{"$":"number","v":' + nameSpecialNumber(value) + "}";
}

/** NaN, the infinities and -0, in quotes. */
function nameSpecialNumber(value: number): string {
  if (value === 0) return '"-0"';
  return '"' + value + '"';
}

/** A bigint in quotes. */
function encodeBigInt(value: bigint): string {
  const text = bigintToText(value);
  if (text.length > MAX_BIGINT_DIGITS) {
    throw new CodecError("it is a bigint of more than " + MAX_BIGINT_DIGITS + " digits");
  }
  return '"' + text + '"';
}

function encodeArray(array: unknown[], depth: number, limit: number): string {
  if (depth >= MAX_DEPTH) throw tooDeep();
  const prototype = getPrototypeOf(array);
  if (prototype !== arrayPrototype) throw refuseInstance(prototype);
  if (array.length > limit) throw tooLarge(limit);
  if (areNumbers(array)) return "[" + joinNumbers(array) + "]";
  let text = "[";
  let index = 0;
  try {
    const length = array.length;
    for (; index < length; index++) {
      const item = array[index];
      if (index !== 0) text += ",";
      if (typeof item !== "object" || item === null) text += encodeScalar(item, limit);
      else if (isArray(item)) text += encodeArray(item, depth + 1, limit);
      else text += encodeObject(item, depth + 1, limit);
      if (text.length > limit) throw tooLarge(limit);
    }
  } catch (error) {
    throw CodecError.within(error, "[" + index + "]");
  }
  return text + "]";
}

/** Everything that is an object but no array. */
function encodeObject(object: object, depth: number, limit: number): string {
  if (depth >= MAX_DEPTH) throw tooDeep();
  const prototype = getPrototypeOf(object);
  if (prototype !== objectPrototype && prototype !== null) {
    return encodeInstance(object, prototype, depth, limit);
  }
  const record = object as { [key: string]: unknown };
  const keys = keysOf(record);
  const length = keys.length;
  let text = "{";
  let key = "";
  let looksLikeTag = false;
  try {
    for (let index = 0; index < length && !looksLikeTag; index++) {
      key = keys[index] as string;
      const value = record[key];
      text += (index === 0 ? "" : ",") + stringifyJson(key) + ":";
      if (key === "$") looksLikeTag = true;
      else if (typeof value !== "object" || value === null) text += encodeScalar(value, limit);
      else if (isArray(value)) text += encodeArray(value, depth + 1, limit);
      else text += encodeObject(value, depth + 1, limit);
      if (text.length > limit) throw tooLarge(limit);
    }
  } catch (error) {
    throw CodecError.within(error, "." + key);
  }
  return looksLikeTag ? encodeEntries(record, keys, depth, limit) : text + "}";
}

/** An object with a key `$`, which would look like a tag. */
function encodeEntries(
  record: { [key: string]: unknown },
  keys: string[],
  depth: number,
  limit: number,
): string {
  let text = "";
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    try {
      if (index !== 0) text += ",";
      text += "[" + stringifyJson(key) + "," + encodeAny(record[key], depth + 1, limit) + "]";
    } catch (error) {
      throw CodecError.within(error, "." + key);
    }
    if (text.length > limit) throw tooLarge(limit);
  }
  return '{"$":"object","v":[' + text + "]}";
}

function encodeInstance(
  object: object,
  prototype: object,
  depth: number,
  limit: number,
): string {
  if (prototype === datePrototype) return encodeDate(object);
  if (prototype === mapPrototype) return encodeMap(object, depth, limit);
  if (prototype === setPrototype) return encodeSet(object, depth, limit);
  const name = typedArrayName(object);
  const Class = name === undefined ? undefined : TYPED_ARRAYS[name];
  if (name === undefined || Class === undefined || Class.prototype !== prototype) {
    throw refuseInstance(prototype);
  }
  return encodeTypedArray(object as TypedArray, name, Class, limit);
}

/** Calls a built-in that checks its receiver, on an object that may only look like one of its class. */
function genuine<Subject, Result>(read: (subject: Subject) => Result, object: object): Result {
  try {
    return read(object as Subject);
  } catch {
    throw new CodecError("its prototype is not that of its class");
  }
}

function encodeDate(object: object): string {
  const time = genuine(dateToNumber, object);
  return '{"$":"date","v":' + (time === time ? time : "null") + "}";
}

function encodeMap(object: object, depth: number, limit: number): string {
  genuine(mapSize, object);
  let text = "";
  let index = 0;
  mapForEach(object as Map<unknown, unknown>, (value, key) => {
    if (index !== 0) text += ",";
    text += "[" + encodePart(key, ".entries[" + index + "][0]", depth, limit) + "," +
      encodePart(value, ".entries[" + index + "][1]", depth, limit) + "]";
    if (text.length > limit) throw tooLarge(limit);
    index++;
  });
  return '{"$":"map","v":[' + text + "]}";
}

function encodeSet(object: object, depth: number, limit: number): string {
  genuine(setSize, object);
  let text = "";
  let index = 0;
  setForEach(object as Set<unknown>, (value) => {
    if (index !== 0) text += ",";
    text += encodePart(value, ".values[" + index + "]", depth, limit);
    if (text.length > limit) throw tooLarge(limit);
    index++;
  });
  return '{"$":"set","v":[' + text + "]}";
}

function encodePart(value: unknown, step: string, depth: number, limit: number): string {
  try {
    return encodeAny(value, depth + 1, limit);
  } catch (error) {
    throw CodecError.within(error, step);
  }
}

function encodeTypedArray(
  array: TypedArray,
  name: string,
  Class: TypedArrayClass,
  limit: number,
): string {
  const length = typedArrayLength(array);
  if (length > limit) throw tooLarge(limit);
  let text = "";
  for (let index = 0; index < length; index++) {
    const item = array[index];
    if (index !== 0) text += ",";
    text += typeof item === "bigint" ? encodeBigInt(item) : encodeElement(item as number, Class);
    if (text.length > limit) throw tooLarge(limit);
  }
  return '{"$":"' + name + '","v":[' + text + "]}";
}

function encodeElement(item: number, Class: TypedArrayClass): string {
  if (Class.elements === "integer") return "" + item;
  const isPlain = item - item === 0 && (item !== 0 || 1 / item > 0);
  return isPlain ? "" + item : nameSpecialNumber(item);
}

function tooLarge(limit: number): CodecError {
  return new CodecError("its text is longer than " + limit + " characters");
}

function tooDeep(): CodecError {
  return new CodecError("it is more than " + MAX_DEPTH + " containers deep");
}

function refuseInstance(prototype: object | null): CodecError {
  let name: unknown;
  try {
    name = (prototype as null | { constructor?: { name?: unknown } })?.constructor?.name;
  } catch {
    // A hostile prototype does not get to choose what the message says.
  }
  const known = typeof name === "string" && name !== "" ? sliceText(name, 0, 100) : "a class";
  return new CodecError("it is an instance of " + known + "; accepted are " + ACCEPTED);
}

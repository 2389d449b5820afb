import { CodecError } from "./codec_error.ts";
import { MAX_BIGINT_DIGITS, MAX_DEPTH, MAX_TIME } from "./format.ts";
import {
  CapturedDate,
  CapturedMap,
  CapturedSet,
  charCodeAt,
  defineProperty,
  isArray,
  keysOf,
  mapSet,
  setAdd,
  toBigInt,
} from "./primordials.ts";
import { TYPED_ARRAYS, type TypedArrayClass } from "./typed_arrays.ts";
import type { Value } from "./value.ts";

// This file also runs inside isolates: read the note in primordials.ts before changing it.

/**
 * Turns what `JSON.parse` made of a text in the format of format.ts into the value, in place.
 *
 * @throws {CodecError} for a malformed tag or too many containers inside one another.
 */
export function revive(parsed: unknown): Value {
  return reviveAny(parsed, 0) as Value;
}

interface Record {
  [key: string]: unknown;
}

/** One frame for each level of plain arrays and objects, as a guest's stack is small. */
function reviveAny(node: unknown, depth: number): unknown {
  if (typeof node !== "object" || node === null) return node;
  if (depth >= MAX_DEPTH) {
    throw new CodecError("it is more than " + MAX_DEPTH + " containers deep");
  }
  const isList = isArray(node);
  const record = node as Record;
  const keys = isList ? undefined : keysOf(record);
  const length = keys === undefined ? (node as unknown[]).length : keys.length;
  if (keys !== undefined && length > 0 && keys[0] === "$") {
    return reviveTag(record, keys, depth + 1);
  }
  let key: string | number = 0;
  try {
    for (let index = 0; index < length; index++) {
      key = keys === undefined ? index : keys[index] as string;
      if (key === "$") throw new CodecError("its tag is malformed: $ comes first or not at all");
      // The property is the node's own, so this defines data even where the key is `__proto__`.
      record[key] = reviveAny(record[key], depth + 1);
    }
  } catch (error) {
    throw CodecError.within(error, keys === undefined ? "[" + key + "]" : "." + key);
  }
  return node;
}

function revivePart(node: unknown, depth: number, step: string): unknown {
  if (typeof node !== "object" || node === null) return node;
  try {
    return reviveAny(node, depth);
  } catch (error) {
    throw CodecError.within(error, step);
  }
}

function reviveItems(array: unknown[], depth: number, step: string): unknown[] {
  for (let index = 0; index < array.length; index++) {
    array[index] = revivePart(array[index], depth, step + "[" + index + "]");
  }
  return array;
}

function reviveTag(record: Record, keys: string[], depth: number): unknown {
  const tag = record.$;
  if (typeof tag !== "string") throw malformed("$ must be the name of a tag");
  if (tag === "undefined") {
    if (keys.length !== 1) throw malformed("undefined has no v");
    return undefined;
  }
  if (keys.length !== 2 || keys[1] !== "v") throw malformed(tag + " has $ and v and nothing else");
  const content = record.v;
  if (tag === "number") return reviveSpecialNumber(content);
  if (tag === "bigint") return reviveBigInt(content);
  if (tag === "date") return reviveDate(content);
  if (tag === "map") return reviveMap(content, depth);
  if (tag === "set") return reviveSet(content, depth);
  if (tag === "object") return reviveEntries(content, depth);
  const Class = TYPED_ARRAYS[tag];
  if (Class === undefined) throw malformed("there is no tag of that name");
  return reviveTypedArray(content, Class);
}

function reviveSpecialNumber(content: unknown): number {
  if (content === "NaN") return NaN;
  if (content === "Infinity") return Infinity;
  if (content === "-Infinity") return -Infinity;
  if (content === "-0") return -0;
  throw malformed('number must be "NaN", "Infinity", "-Infinity" or "-0"');
}

function reviveBigInt(content: unknown): bigint {
  if (typeof content !== "string" || !isDecimal(content)) {
    throw malformed("bigint must be a string of decimal digits");
  }
  return toBigInt(content);
}

function isDecimal(text: string): boolean {
  const start = charCodeAt(text, 0) === 45 ? 1 : 0;
  if (text.length === start || text.length > MAX_BIGINT_DIGITS) return false;
  for (let index = start; index < text.length; index++) {
    const unit = charCodeAt(text, index);
    if (unit < 48 || unit > 57) return false;
  }
  return true;
}

function reviveDate(content: unknown): Date {
  if (content === null) return new CapturedDate(NaN);
  if (
    typeof content !== "number" || content % 1 !== 0 || content > MAX_TIME || -content > MAX_TIME
  ) {
    throw malformed("date must be null or a whole number of milliseconds");
  }
  return new CapturedDate(content);
}

function contentArray(content: unknown, tag: string): unknown[] {
  if (!isArray(content)) throw malformed(tag + " must have an array as v");
  return content;
}

/** A pair of a `map` or an `object`. */
function pairAt(pairs: unknown[], index: number): [unknown, unknown] {
  const pair = pairs[index];
  if (!isArray(pair) || pair.length !== 2) throw malformed("entry " + index + " must be a pair");
  return pair as [unknown, unknown];
}

function reviveMap(content: unknown, depth: number): Map<unknown, unknown> {
  const pairs = contentArray(content, "map");
  const map = new CapturedMap<unknown, unknown>();
  for (let index = 0; index < pairs.length; index++) {
    const pair = reviveItems(pairAt(pairs, index), depth, ".entries[" + index + "]");
    mapSet(map, pair[0], pair[1]);
  }
  return map;
}

function reviveSet(content: unknown, depth: number): Set<unknown> {
  const items = reviveItems(contentArray(content, "set"), depth, ".values");
  const set = new CapturedSet<unknown>();
  for (let index = 0; index < items.length; index++) setAdd(set, items[index]);
  return set;
}

function reviveEntries(content: unknown, depth: number): Record {
  const pairs = contentArray(content, "object");
  const record: Record = {};
  for (let index = 0; index < pairs.length; index++) {
    const pair = pairAt(pairs, index);
    const key = pair[0];
    if (typeof key !== "string") throw malformed("a key must be a string");
    const value = revivePart(pair[1], depth, "." + key);
    // No prototype: the descriptor must not find `get` in a guest's `Object.prototype`.
    defineProperty(record, key, {
      __proto__: null,
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    } as PropertyDescriptor);
  }
  return record;
}

function reviveTypedArray(content: unknown, Class: TypedArrayClass): unknown {
  const items = contentArray(content, "a typed array");
  const array = Class.create(items.length);
  for (let index = 0; index < items.length; index++) {
    const item = reviveElement(items[index], Class);
    array[index] = item;
    // What the array stored differs where the element is out of range or of the wrong type.
    const stored = array[index];
    if (stored !== item && item === item) {
      throw malformed("element " + index + " does not fit the class");
    }
  }
  return array;
}

function reviveElement(item: unknown, Class: TypedArrayClass): number | bigint {
  if (Class.elements === "bigint") return reviveBigInt(item);
  if (typeof item === "number") return item;
  if (Class.elements === "float") return reviveSpecialNumber(item);
  throw malformed("an element must be a number");
}

function malformed(why: string): CodecError {
  return new CodecError("its tag is malformed, " + why);
}

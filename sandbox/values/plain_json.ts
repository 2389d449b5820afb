import { MAX_DEPTH } from "./format.ts";
import {
  arrayPrototype,
  getPrototypeOf,
  hasOwn,
  isArray,
  joinNumbers,
  keysOf,
  objectPrototype,
  stringifyJson,
} from "./primordials.ts";

// This file also runs inside isolates: read the note in primordials.ts before changing it.

/**
 * Writes a container that is plain JSON throughout, as most are: the engine's own functions do so
 * several times faster than code that an interpreter runs.
 *
 * @param limit most UTF-16 units of text.
 * @returns undefined for anything else, and possibly for what is near the limit.
 */
export function encodePlain(container: object, limit: number): string | undefined {
  if (isArray(container)) {
    if (getPrototypeOf(container) !== arrayPrototype || container.length > limit) return undefined;
    if (areNumbers(container)) return "[" + joinNumbers(container) + "]";
  }
  if (hasToJson() || leftAfter(container, limit, 0) < 0) return undefined;
  return stringifyJson(container);
}

/** Whether all elements are numbers that JSON has. */
export function areNumbers(array: unknown[]): boolean {
  const length = array.length;
  for (let index = 0; index < length; index++) {
    const item = array[index];
    if (typeof item !== "number" || !isJsonNumber(item)) return false;
  }
  return true;
}

function isJsonNumber(value: number): boolean {
  return value - value === 0 && (value !== 0 || 1 / value > 0);
}

/** Whether `JSON.stringify` would ask user code what to write. */
function hasToJson(): boolean {
  return hasOwn(objectPrototype, "toJSON") || hasOwn(arrayPrototype, "toJSON") ||
    getPrototypeOf(arrayPrototype) !== objectPrototype;
}

/**
 * What is left of `room` after the text of a container, counted from below; less than zero where it is
 * not plain JSON, too deep or too long.
 */
function leftAfter(container: object, room: number, depth: number): number {
  if (depth >= MAX_DEPTH) return -1;
  const prototype = getPrototypeOf(container);
  const isList = isArray(container);
  if (isList ? prototype !== arrayPrototype : !isPlain(prototype)) return -1;
  const record = container as { [key: string]: unknown };
  const keys = isList ? undefined : keysOf(container);
  const length = keys === undefined ? (container as unknown[]).length : keys.length;
  let left = room - 2;
  for (let index = 0; index < length && left >= 0; index++) {
    let key: string | number = index;
    if (keys !== undefined) {
      key = keys[index] as string;
      if (key === "$") return -1;
      left -= key.length + 3;
    }
    const item = record[key];
    if (typeof item === "number") left = isJsonNumber(item) ? left - 2 : -1;
    else if (typeof item === "string") left -= item.length + 3;
    else if (item === null || item === true || item === false) left -= 5;
    else if (typeof item === "object") left = leftAfter(item, left, depth + 1);
    else return -1;
  }
  return left;
}

function isPlain(prototype: object | null): boolean {
  return prototype === objectPrototype || prototype === null;
}

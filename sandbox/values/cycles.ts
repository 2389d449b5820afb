import { CodecError } from "./codec_error.ts";
import { MAX_DEPTH } from "./format.ts";
import {
  CapturedSet,
  getPrototypeOf,
  isArray,
  keysOf,
  mapForEach,
  mapPrototype,
  objectPrototype,
  setAdd,
  setDelete,
  setForEach,
  setHas,
  setPrototype,
} from "./primordials.ts";

// This file also runs inside isolates: read the note in primordials.ts before changing it.

/** @throws {CodecError} with the path to the first part found that contains itself. */
export function refuseCycles(value: unknown): void {
  try {
    search(value, { open: new CapturedSet(), closed: new CapturedSet() }, 0);
  } catch (error) {
    // Anything else was thrown by the value itself, and the caller has a better error to tell.
    if (CodecError.is(error)) throw error;
  }
}

interface Visited {
  /** Containers that are being searched: one met again is part of a cycle. */
  open: Set<unknown>;
  /** Containers without a cycle: shared ones are searched once. */
  closed: Set<unknown>;
}

function search(value: unknown, visited: Visited, depth: number): void {
  if (typeof value !== "object" || value === null) return;
  if (setHas(visited.open, value)) throw new CodecError("it contains itself");
  if (setHas(visited.closed, value) || depth > MAX_DEPTH) return;
  setAdd(visited.open, value);
  searchParts(value, (part, step) => {
    try {
      search(part, visited, depth + 1);
    } catch (error) {
      throw CodecError.within(error, step);
    }
  });
  setDelete(visited.open, value);
  setAdd(visited.closed, value);
}

function searchParts(value: object, visit: (part: unknown, step: string) => void): void {
  const prototype = getPrototypeOf(value);
  if (isArray(value)) {
    for (let index = 0; index < value.length; index++) visit(value[index], "[" + index + "]");
  } else if (prototype === objectPrototype || prototype === null) {
    const keys = keysOf(value);
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] as string;
      visit((value as { [key: string]: unknown })[key], "." + key);
    }
  } else if (prototype === mapPrototype) {
    let index = 0;
    mapForEach(value as Map<unknown, unknown>, (item, key) => {
      visit(key, ".entries[" + index + "][0]");
      visit(item, ".entries[" + index + "][1]");
      index++;
    });
  } else if (prototype === setPrototype) {
    let index = 0;
    setForEach(value as Set<unknown>, (item) => visit(item, ".values[" + index++ + "]"));
  }
}

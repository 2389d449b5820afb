import { CodecError } from "./codec_error.ts";
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

/** Most parts that are looked at: a value that is refused anyway is not worth more. */
const MAX_PARTS = 20_000;

/** A part of a container, and the step that leads to it; the next one follows. */
interface Part {
  value: unknown;
  step: string;
  next: Part | undefined;
}

/** A container that is being searched. */
interface Frame {
  container: object;
  step: string;
  /** The part to be looked at next. */
  part: Part | undefined;
  parent: Frame | undefined;
}

/**
 * Looks for a cycle, within reason and without recursion: the stack of a guest is small.
 *
 * @throws {CodecError} with the path to the first part found that contains itself.
 */
export function refuseCycles(value: unknown): void {
  try {
    search(value);
  } catch (error) {
    // Anything else was thrown by the value itself, and the caller has a better error to tell.
    if (CodecError.is(error)) throw error;
  }
}

function search(root: unknown): void {
  const open = new CapturedSet<unknown>();
  const closed = new CapturedSet<unknown>();
  const room = { left: MAX_PARTS };
  let frame = enter(root, "", undefined);
  while (frame !== undefined) {
    const part: Part | undefined = frame.part;
    if (part === undefined) {
      setDelete(open, frame.container);
      setAdd(closed, frame.container);
      frame = frame.parent;
      continue;
    }
    frame.part = part.next;
    if (setHas(open, part.value)) throw cycle(part, frame);
    if (!setHas(closed, part.value)) frame = enter(part.value, part.step, frame) ?? frame;
  }

  function enter(value: unknown, step: string, parent: Frame | undefined): Frame | undefined {
    if (typeof value !== "object" || value === null) return undefined;
    setAdd(open, value);
    return { container: value, step, part: partsOf(value, room), parent };
  }
}

function cycle(part: Part, frame: Frame): CodecError {
  const error = new CodecError("it contains itself");
  CodecError.within(error, part.step);
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) {
    CodecError.within(error, at.step);
  }
  return error;
}

/** The parts of a container that are containers themselves, the last one first. */
function partsOf(container: object, room: { left: number }): Part | undefined {
  let parts: Part | undefined;
  const add = (value: unknown, step: string): void => {
    room.left--;
    if (typeof value === "object" && value !== null) parts = { value, step, next: parts };
  };
  const prototype = getPrototypeOf(container);
  if (isArray(container)) {
    const length = container.length;
    for (let index = 0; index < length && room.left > 0; index++) {
      add(container[index], "[" + index + "]");
    }
  } else if (prototype === objectPrototype || prototype === null) {
    const keys = keysOf(container);
    for (let index = 0; index < keys.length && room.left > 0; index++) {
      const key = keys[index] as string;
      add((container as { [key: string]: unknown })[key], "." + key);
    }
  } else if (prototype === mapPrototype) {
    let index = 0;
    mapForEach(container as Map<unknown, unknown>, (value, key) => {
      if (room.left <= 0) return;
      add(key, ".entries[" + index + "][0]");
      add(value, ".entries[" + index++ + "][1]");
    });
  } else if (prototype === setPrototype) {
    let index = 0;
    setForEach(container as Set<unknown>, (value) => {
      if (room.left > 0) add(value, ".values[" + index++ + "]");
    });
  }
  return parts;
}

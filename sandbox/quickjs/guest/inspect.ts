import {
  arrayPrototype,
  dateToNumber,
  getPrototypeOf,
  isArray,
  mapForEach,
  setForEach,
  sliceText,
  stringifyJson,
  typedArrayLength,
  typedArrayName,
} from "../../values/primordials.ts";
import type { TypedArray } from "../../values/value.ts";
import {
  dateToText,
  descriptorOf,
  functionPrototype,
  ownKeysOf,
  regExpToText,
  symbolToText,
  tagOf,
} from "./primordials.ts";
import { userFrames } from "./user_frames.ts";

/** Containers inside one another that are shown. */
const MAX_DEPTH = 3;

/** Elements or properties of one container that are shown. */
const MAX_PARTS = 100;

/** Characters of one text that are shown. */
const MAX_TEXT = 10_000;

/** Values shown in all: what bounds the work for one line. */
const MAX_VALUES = 2000;

/** What one inspection has left to show. */
interface Room {
  values: number;
}

/**
 * A value as text for a person, much as other consoles show it. Never throws, never calls a getter,
 * and bounded whatever the value is.
 */
export function inspect(value: unknown): string {
  return show(value, 0, { values: MAX_VALUES });
}

function show(value: unknown, depth: number, room: Room): string {
  if (room.values-- <= 0) return "…";
  if (typeof value === "string") return stringifyJson(cut(value));
  if (typeof value === "bigint") return cut("" + value) + "n";
  if (typeof value === "number") return value === 0 && 1 / value < 0 ? "-0" : "" + value;
  if (typeof value === "symbol") return cut(symbolToText(value));
  if (typeof value === "function") return showFunction(value);
  if (typeof value !== "object" || value === null) return "" + value;
  try {
    return showObject(value, depth, room);
  } catch {
    // A proxy that throws, or an object that only claims to be of a built-in class.
    return "[object]";
  }
}

function showFunction(value: object): string {
  const name = dataProperty(value, "name");
  return typeof name === "string" && name !== "" ? "[Function " + cut(name) + "]" : "[Function]";
}

function showObject(value: object, depth: number, room: Room): string {
  const tag = tagOf(value);
  if (tag === "[object Error]") return showError(value);
  if (tag === "[object Date]") return showDate(value as Date);
  if (tag === "[object RegExp]") return cut(regExpToText(value as RegExp));
  if (depth >= MAX_DEPTH) return isArray(value) ? "[…]" : "{…}";
  if (isArray(value)) return showArray(value, depth, room);
  const typed = typedArrayName(value);
  if (typed !== undefined) return typed + " " + showTypedArray(value as TypedArray, room);
  if (tag === "[object Map]") return showMap(value as Map<unknown, unknown>, depth, room);
  if (tag === "[object Set]") return showSet(value as Set<unknown>, depth, room);
  return className(value) + showProperties(value, depth, room);
}

function showError(error: object): string {
  const stack = dataProperty(error, "stack");
  const message = dataProperty(error, "message");
  const name = dataProperty(error, "name") ?? dataProperty(getPrototypeOf(error) ?? error, "name");
  const title = (typeof name === "string" ? name : "Error") +
    (typeof message === "string" && message !== "" ? ": " + message : "");
  const frames = typeof stack === "string" ? userFrames(cut(stack)) : "";
  return cut(frames === "" ? title : title + "\n" + frames);
}

function showDate(date: Date): string {
  const time = dateToNumber(date);
  return time === time ? dateToText(date) : "Invalid Date";
}

function showArray(array: unknown[], depth: number, room: Room): string {
  const length = array.length;
  let text = "";
  for (let index = 0; index < length && index < MAX_PARTS; index++) {
    if (index !== 0) text += ", ";
    text += showProperty(array, "" + index, depth, room);
  }
  return "[" + text + more(length) + "]";
}

function showTypedArray(array: TypedArray, room: Room): string {
  const length = typedArrayLength(array);
  let text = "";
  for (let index = 0; index < length && index < MAX_PARTS; index++) {
    if (index !== 0) text += ", ";
    text += show(array[index], 0, room);
  }
  return "[" + text + more(length) + "]";
}

function showMap(map: Map<unknown, unknown>, depth: number, room: Room): string {
  let text = "";
  let index = 0;
  mapForEach(map, (value, key) => {
    if (index++ >= MAX_PARTS) return;
    if (text !== "") text += ", ";
    text += show(key, depth + 1, room) + " => " + show(value, depth + 1, room);
  });
  return "Map {" + text + more(index) + "}";
}

function showSet(set: Set<unknown>, depth: number, room: Room): string {
  let text = "";
  let index = 0;
  setForEach(set, (value) => {
    if (index++ >= MAX_PARTS) return;
    if (text !== "") text += ", ";
    text += show(value, depth + 1, room);
  });
  return "Set {" + text + more(index) + "}";
}

function showProperties(object: object, depth: number, room: Room): string {
  const keys = ownKeysOf(object);
  let text = "";
  let shown = 0;
  for (let index = 0; index < keys.length && shown < MAX_PARTS; index++) {
    const key = keys[index] as string | symbol;
    if (!descriptorOf(object, key)?.enumerable) continue;
    if (shown++ !== 0) text += ", ";
    text += typeof key === "symbol" ? "[" + symbolToText(key) + "]" : cut(key);
    text += ": " + showProperty(object, key, depth, room);
  }
  return "{" + text + (keys.length > MAX_PARTS ? ", …" : "") + "}";
}

/** One property's value; getters are named, not called. */
function showProperty(object: object, key: string | symbol, depth: number, room: Room): string {
  const descriptor = descriptorOf(object, key);
  if (descriptor === undefined) return "<empty>";
  if (descriptor.get !== undefined) return "[Getter]";
  if (descriptor.set !== undefined) return "[Setter]";
  return show(descriptor.value, depth + 1, room);
}

/** The name of an object's class and a space; nothing for a plain object. */
function className(object: object): string {
  const prototype = getPrototypeOf(object);
  if (prototype === null || prototype === arrayPrototype) return "";
  const constructor = dataProperty(prototype, "constructor");
  if (typeof constructor !== "function" || getPrototypeOf(constructor) === null) return "";
  const name = dataProperty(constructor, "name");
  return typeof name !== "string" || name === "" || name === "Object" ? "" : cut(name) + " ";
}

function dataProperty(object: object, key: string): unknown {
  return object === functionPrototype ? undefined : descriptorOf(object, key)?.value;
}

function more(length: number): string {
  return length > MAX_PARTS ? ", … " + (length - MAX_PARTS) + " more" : "";
}

function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : sliceText(text, 0, MAX_TEXT) + "…";
}

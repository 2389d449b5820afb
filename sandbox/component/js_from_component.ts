import { cut } from "../cut.ts";
import type { Value } from "../values/value.ts";
import { caseOf, type VariantKind } from "./abi/named.ts";
import { SCALARS } from "./abi/scalars.ts";
import { JsValueError } from "./js_error.ts";
import { keysOf } from "./js_names.ts";
import { partsOf } from "./link/type_size.ts";
import { type ComponentValue, type FunctionType, Handle, Tagged, type ValueType } from "./types.ts";

/** What a function gave: a value, or the error of a `result`. */
export type JsResult =
  | { ok: true; value: Value }
  /** `message` is the error for people: a string as it is, anything else printed. */
  | { ok: false; error: Value; message: string };

/** Most characters of an error that is no string. */
const MOST_CHARACTERS = 2000;

/**
 * What a function gave, for JavaScript. A function that gives a `result` gives what is in it.
 *
 * @throws JsValueError for handles, which cannot leave the component.
 */
export function resultToJs(
  { result }: FunctionType,
  value: ComponentValue | undefined,
): JsResult {
  if (result === null || value === undefined) return { ok: true, value: undefined };
  const handle = heldHandle(result);
  if (handle !== null) {
    throw new JsValueError(`the result has a handle of ${handle}, which cannot leave`);
  }
  if (result.kind !== "result" || !(value instanceof Tagged)) {
    return { ok: true, value: valueToJs(result, value) };
  }
  const type = value.tag === "ok" ? result.ok : result.err;
  const payload = type === null || value.value === undefined
    ? undefined
    : valueToJs(type, value.value);
  if (value.tag === "ok") return { ok: true, value: payload };
  return { ok: false, error: payload, message: messageOf(payload) };
}

function messageOf(error: Value): string {
  if (typeof error === "string") return error;
  if (error === undefined) return "gave an error";
  // 64-bit integers are no JSON, and lists of bytes no lists.
  const text = JSON.stringify(error, (_, part) => {
    if (typeof part === "bigint") return String(part);
    return part instanceof Uint8Array ? [...part.subarray(0, MOST_CHARACTERS)] : part;
  });
  return cut(text, MOST_CHARACTERS);
}

/** A value of any type for JavaScript. */
export function valueToJs(type: ValueType, value: ComponentValue): Value {
  switch (type.kind) {
    case "list":
      return listToJs(type.element, value);
    case "tuple":
      return asArray(value).map((item, at) => {
        const itemType = type.items[at];
        return itemType === undefined ? undefined : valueToJs(itemType, item);
      });
    case "record":
      return recordToJs(type, value);
    case "flags": {
      const set = new Set<ComponentValue>(asArray(value));
      const keys = [...keysOf(type)];
      return Object.fromEntries(type.names.map((name, at) => [keys[at], set.has(name)]));
    }
    case "option":
      return optionToJs(type, value);
    case "variant":
    case "result":
      return taggedToJs(type, value);
    case "own":
    case "borrow":
      throw new TypeError("Cannot read a handle as a value");
  }
  return plain(value);
}

function plain(value: ComponentValue): Value {
  if (typeof value === "object") throw new TypeError("Cannot read an object as a plain value");
  return value;
}

function asArray(value: ComponentValue): ComponentValue[] {
  if (!Array.isArray(value)) throw new TypeError("Cannot read anything but an array as a list");
  return value;
}

/** The name of a resource whose handles a type holds. */
function heldHandle(type: ValueType): string | null {
  if ("resource" in type) return type.resource.name;
  for (const part of partsOf(type)) {
    const held = heldHandle(part);
    if (held !== null) return held;
  }
  return null;
}

function listToJs(element: ValueType, value: ComponentValue): Value {
  if (value instanceof Uint8Array) return value;
  const list = asArray(value);
  // Numbers and the like are themselves.
  if (SCALARS[element.kind] !== undefined || element.kind === "string") return list.map(plain);
  return list.map((item) => valueToJs(element, item));
}

function recordToJs(
  type: Extract<ValueType, { kind: "record" }>,
  value: ComponentValue,
): Value {
  if (typeof value !== "object" || value instanceof Handle) {
    throw new TypeError(`Cannot read a ${typeof value} as a record`);
  }
  const record: { [key: string]: Value } = {};
  let at = 0;
  for (const key of keysOf(type)) {
    const field = type.fields[at++];
    if (field === undefined) break;
    const part = valueToJs(field.type, Reflect.get(value, field.name));
    // An option that is none is a key that is not there, as baselines in JavaScript leave it out.
    if (part !== undefined) record[key] = part;
  }
  return record;
}

function optionToJs(
  type: Extract<ValueType, { kind: "option" }>,
  value: ComponentValue,
): Value {
  if (type.some.kind === "option") return taggedToJs(type, value);
  const payload = caseOf(type, value).value.value;
  return payload === undefined ? undefined : valueToJs(type.some, payload);
}

function taggedToJs(type: VariantKind, value: ComponentValue): Value {
  const chosen = caseOf(type, value);
  const payload = chosen.value.value;
  if (chosen.type === null || payload === undefined) return { tag: chosen.name };
  return { tag: chosen.name, val: valueToJs(chosen.type, payload) };
}

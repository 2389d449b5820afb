import { listed } from "../listed.ts";
import { JsValueError, mustBe, shown, wrongNumber } from "./js_error.ts";
import { caseAt, placesOf, type VariantKind } from "./abi/named.ts";
import { integerFromJs } from "./js_integers.ts";
import { keysOf } from "./js_names.ts";
import { type ComponentValue, type FunctionType, Tagged, type ValueType } from "./types.ts";

/**
 * A call's arguments, as the component takes them.
 *
 * Numbers are checked, not wrapped. 64-bit integers may be safe integers, lists may be typed arrays, `null` does
 * as `undefined` for an option, and fields of options may be left out.
 *
 * @throws JsValueError that names the argument, and its part, that does not fit.
 */
export function argumentsFromJs(
  { params }: FunctionType,
  args: readonly unknown[],
): ComponentValue[] {
  const needed = params.findLastIndex(({ type }) => type.kind !== "option") + 1;
  if (args.length > params.length || args.length < needed) {
    throw wrongNumber(params.length, args.length);
  }
  return params.map(({ type }, at) => valueFromJs(type, args[at], `argument ${at + 1}`));
}

/** A value of any type from JavaScript. */
export function valueFromJs(type: ValueType, value: unknown, path: string): ComponentValue {
  const integer = integerFromJs(type, value, path);
  if (integer !== undefined) return integer;
  switch (type.kind) {
    case "bool":
      if (typeof value !== "boolean") throw mustBe({ path, type }, "a boolean", value);
      return value;
    case "f32":
    case "f64":
      if (typeof value !== "number") throw mustBe({ path, type }, "a number", value);
      return type.kind === "f32" ? Math.fround(value) : value;
    case "char":
      return characterFromJs(type, value, path);
    case "string":
      return textFromJs(type, value, path);
    case "list":
      return listFromJs(type, value, path);
    case "record":
      return recordFromJs(type, value, path);
    case "tuple":
      return tupleFromJs(type, value, path);
    case "enum":
      if (typeof value !== "string" || !placesOf(type).has(value)) {
        throw mustBe({ path, type }, `one of ${listed(type.names)}`, value);
      }
      return value;
    case "flags":
      return flagsFromJs(type, value, path);
    case "option":
      return optionFromJs(type, value, path);
    case "variant":
    case "result":
      return taggedFromJs(type, value, path);
  }
  throw new JsValueError(`${path} is a handle, which cannot be given to a component`);
}

function textFromJs(type: ValueType, value: unknown, path: string): string {
  if (typeof value !== "string") throw mustBe({ path, type }, "a string", value);
  if (!value.isWellFormed()) {
    throw mustBe({ path, type }, "a string without lone surrogates", value);
  }
  return value;
}

function characterFromJs(type: ValueType, value: unknown, path: string): string {
  const [first, second] = typeof value === "string" ? value : [];
  if (first === undefined || second !== undefined || !first.isWellFormed()) {
    throw mustBe({ path, type }, "a string of one Unicode character", value);
  }
  return first;
}

function listFromJs(
  type: Extract<ValueType, { kind: "list" }>,
  value: unknown,
  path: string,
): ComponentValue {
  const { element } = type;
  if (
    element.kind === "u8" && (value instanceof Uint8Array || value instanceof Uint8ClampedArray)
  ) {
    return new Uint8Array(value);
  }
  const items = Array.isArray(value) ? value : isNumericArray(value) ? [...value] : null;
  if (items === null) throw mustBe({ path, type }, "an array", value);
  // Not `map`, which passes over the holes of an array.
  const list = Array.from(items, (item, at) => valueFromJs(element, item, `${path}[${at}]`));
  return element.kind === "u8" ? Uint8Array.from(list, Number) : list;
}

function isNumericArray(value: unknown): value is Iterable<number | bigint> {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function tupleFromJs(
  type: Extract<ValueType, { kind: "tuple" }>,
  value: unknown,
  path: string,
): ComponentValue {
  const { items } = type;
  if (!Array.isArray(value) || value.length !== items.length) {
    throw mustBe({ path, type }, `an array of length ${items.length}`, value);
  }
  return items.map((item, at) => valueFromJs(item, value[at], `${path}[${at}]`));
}

/** The object's own entries, of which all must have a known name. */
function entriesFromJs(
  type: ValueType,
  names: ReadonlySet<string>,
  value: unknown,
  path: string,
): Map<string, unknown> {
  if (
    typeof value !== "object" || value === null || Array.isArray(value) ||
    ArrayBuffer.isView(value) || value instanceof Map || value instanceof Set ||
    value instanceof Date
  ) {
    throw mustBe({ path, type }, "an object", value);
  }
  const entries = new Map<string, unknown>(Object.entries(value));
  for (const key of entries.keys()) {
    if (!names.has(key)) {
      throw new JsValueError(
        `${path} has the unknown key ${shown(key)}: it may have ${listed([...names])}`,
      );
    }
  }
  return entries;
}

function recordFromJs(
  record: Extract<ValueType, { kind: "record" }>,
  value: unknown,
  path: string,
): ComponentValue {
  const entries = entriesFromJs(record, keysOf(record), value, path);
  const fields: { [field: string]: ComponentValue } = {};
  let at = 0;
  for (const key of keysOf(record)) {
    const field = record.fields[at++];
    if (field === undefined) break;
    const { name, type } = field;
    if (!entries.has(key) && type.kind !== "option") {
      throw new JsValueError(`${path} must have the key ${JSON.stringify(key)}`);
    }
    fields[name] = valueFromJs(type, entries.get(key), `${path}.${key}`);
  }
  return fields;
}

function flagsFromJs(
  type: Extract<ValueType, { kind: "flags" }>,
  value: unknown,
  path: string,
): ComponentValue {
  const keys = [...keysOf(type)];
  const entries = entriesFromJs(type, keysOf(type), value, path);
  for (const [key, flag] of entries) {
    if (typeof flag !== "boolean") {
      throw mustBe({ path: `${path}.${key}`, type: { kind: "bool" } }, "a boolean", flag);
    }
  }
  return type.names.filter((_, at) => entries.get(keys[at] ?? "") === true);
}

function optionFromJs(
  type: Extract<ValueType, { kind: "option" }>,
  value: unknown,
  path: string,
): ComponentValue {
  if (type.some.kind === "option") return taggedFromJs(type, value, path);
  if (value === undefined || value === null) return new Tagged("none");
  return new Tagged("some", valueFromJs(type.some, value, path));
}

const TAGGED_KEYS = new Set(["tag", "val"]);

function taggedFromJs(type: VariantKind, value: unknown, path: string): ComponentValue {
  const entries = entriesFromJs(type, TAGGED_KEYS, value, path);
  const tag = entries.get("tag");
  const place = typeof tag === "string" ? placesOf(type).get(tag) : undefined;
  if (place === undefined) {
    throw mustBe(
      { path: `${path}.tag`, type },
      `one of ${listed([...placesOf(type).keys()])}`,
      tag,
    );
  }
  const chosen = caseAt(type, place);
  const payload = entries.get("val");
  if (chosen.type !== null) {
    return new Tagged(chosen.name, valueFromJs(chosen.type, payload, `${path}.val`));
  }
  if (payload !== undefined) throw mustBe({ path: `${path}.val`, type }, "left out", payload);
  return new Tagged(chosen.name);
}

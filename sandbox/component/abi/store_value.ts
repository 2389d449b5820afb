import type { ComponentValue, NamedType, ValueType } from "../types.ts";
import { INSIDE } from "./costs.ts";
import type { Crossing } from "./crossing.ts";
import { lowerHandle } from "./handle_values.ts";
import { discriminantSize, flagsSize, layoutOf } from "./layout.ts";
import { elementPrice } from "./load.ts";
import { caseOf, enumIndex, flagBits } from "./named.ts";
import { mistyped, SCALARS } from "./scalars.ts";
import { storeString } from "./strings.ts";

/**
 * Writes a value to a place in memory that was checked and told to the store (CanonicalABI.md, "Storing").
 */
export function store(
  cx: Crossing,
  type: ValueType,
  value: ComponentValue,
  address: number,
): void {
  const scalar = SCALARS[type.kind];
  if (scalar !== undefined) return scalar.store(cx.memory.view, address, value);
  switch (type.kind) {
    case "string": {
      if (typeof value !== "string") throw mistyped(value, "a string");
      return storePair(cx, address, storeString(cx, value));
    }
    case "list":
      return storePair(cx, address, storeList(cx, type.element, value));
    case "record":
      return storeSequence(
        cx,
        type.fields.map((field) => field.type),
        fieldValues(type.fields, value),
        address,
        layoutOf(type).offsets,
      );
    case "tuple":
      return storeSequence(cx, type.items, itemsOf(value), address, layoutOf(type).offsets);
    case "variant":
    case "option":
    case "result":
      return storeVariant(cx, type, value, address);
    case "enum": {
      const size = discriminantSize(type.names.length);
      return storeUnsigned(cx, address, size, enumIndex(type, value));
    }
    case "flags":
      spendObject(cx, type.names.length);
      return storeUnsigned(cx, address, flagsSize(type.names.length), flagBits(type, value));
    case "own":
    case "borrow":
      return storeUnsigned(cx, address, 4, lowerHandle(cx, type, value));
  }
}

/** Pays for handing over an object with parts. */
export function spendObject(cx: Crossing, parts: number): void {
  cx.account.store.spend(INSIDE.object + parts * INSIDE.field);
}

/** The values of a record's fields, in the order of its type. */
export function fieldValues(fields: readonly NamedType[], value: ComponentValue): ComponentValue[] {
  if (typeof value !== "object") throw mistyped(value, "a record");
  return fields.map(({ name }) => {
    const field: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
    if (!isComponentValue(field)) throw mistyped(field, `the field ${name}`);
    return field;
  });
}

function isComponentValue(value: unknown): value is ComponentValue {
  return value !== undefined && value !== null;
}

/** The items of a tuple. */
export function itemsOf(value: ComponentValue): ComponentValue[] {
  if (!Array.isArray(value)) throw mistyped(value, "a tuple");
  return value;
}

/** Puts the elements of a list into the guest's memory. */
export function storeList(
  cx: Crossing,
  element: ValueType,
  value: ComponentValue,
): { address: number; length: number } {
  if (!Array.isArray(value) && !(value instanceof Uint8Array)) throw mistyped(value, "a list");
  const { size, align } = layoutOf(element);
  const { length } = value;
  const bytes = length * size;
  const isBytes = value instanceof Uint8Array;
  const each = isBytes ? INSIDE.byte : elementPrice(INSIDE, element);
  cx.account.store.spend(INSIDE.object + Math.ceil(length * each));
  const address = cx.allocate(bytes, align);
  cx.memory.writing(address, bytes);
  const scalar = SCALARS[element.kind];
  if (isBytes) {
    if (element.kind !== "u8") throw mistyped(value, `a list of ${element.kind}`);
    cx.memory.bytes.set(value, address);
  } else if (scalar !== undefined) {
    const { view } = cx.memory;
    for (const [at, item] of value.entries()) scalar.store(view, address + at * size, item);
  } else {
    for (const [at, item] of value.entries()) store(cx, element, item, address + at * size);
  }
  return { address, length };
}

/** Writes values that follow each other, as a tuple does. */
export function storeSequence(
  cx: Crossing,
  types: readonly ValueType[],
  values: readonly ComponentValue[],
  address: number,
  offsets: readonly number[],
): void {
  spendObject(cx, types.length);
  for (const [at, type] of types.entries()) {
    const value = values[at];
    if (value === undefined) throw mistyped(value, type.kind);
    store(cx, type, value, address + (offsets[at] ?? 0));
  }
}

function storeVariant(
  cx: Crossing,
  type: Extract<ValueType, { kind: "variant" | "option" | "result" }>,
  value: ComponentValue,
  address: number,
): void {
  spendObject(cx, 1);
  const chosen = caseOf(type, value);
  const count = type.kind === "variant" ? type.cases.length : 2;
  storeUnsigned(cx, address, discriminantSize(count), chosen.index);
  if (chosen.type === null) return;
  if (chosen.value.value === undefined) throw mistyped(undefined, chosen.type.kind);
  store(cx, chosen.type, chosen.value.value, address + (layoutOf(type).offsets[0] ?? 0));
}

function storePair(cx: Crossing, at: number, pair: { address: number; length: number }): void {
  const { view } = cx.memory;
  view.setUint32(at, pair.address, true);
  view.setUint32(at + 4, pair.length, true);
}

function storeUnsigned(cx: Crossing, address: number, size: 1 | 2 | 4, value: number): void {
  const { view } = cx.memory;
  if (size === 1) view.setUint8(address, value);
  else if (size === 2) view.setUint16(address, value, true);
  else view.setUint32(address, value, true);
}

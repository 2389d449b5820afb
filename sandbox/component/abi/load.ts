import type { ComponentValue, NamedType, ValueType } from "../types.ts";
import { Tagged } from "../types.ts";
import { SIZES } from "./costs.ts";
import type { Prices } from "./costs.ts";
import type { Crossing } from "./crossing.ts";
import { liftHandle } from "./handle_values.ts";
import { discriminantSize, flagsSize, layoutOf } from "./layout.ts";
import { caseAt, enumName, flagNames } from "./named.ts";
import { SCALARS } from "./scalars.ts";
import { loadString } from "./strings.ts";

/**
 * Reads a value from a place in memory that was checked (CanonicalABI.md, "Loading").
 *
 * Whatever becomes an object is paid for before it is made; scalars are paid for by what holds them.
 */
export function load(cx: Crossing, type: ValueType, address: number): ComponentValue {
  const scalar = SCALARS[type.kind];
  if (scalar !== undefined) {
    if (isWide(type)) cx.account.take(cx.prices.bigint, SIZES.object);
    return scalar.load(cx.memory.view, address);
  }
  switch (type.kind) {
    case "string":
      return loadString(cx, loadPair(cx, address));
    case "list": {
      const pair = loadPair(cx, address);
      return loadList(cx, type.element, pair.address, pair.length);
    }
    case "record":
      return loadRecord(cx, type.fields, address, layoutOf(type).offsets);
    case "tuple":
      return loadTuple(cx, type, address);
    case "variant":
    case "option":
    case "result":
      return loadVariant(cx, type, address);
    case "enum":
      return enumName(type, loadUnsigned(cx, address, discriminantSize(type.names.length)));
    case "flags":
      takeObject(cx, type.names.length);
      return flagNames(type, loadUnsigned(cx, address, flagsSize(type.names.length)));
    case "own":
    case "borrow":
      return liftHandle(cx, type, loadUnsigned(cx, address, 4));
  }
  throw new TypeError(`Cannot read a ${type.kind}`);
}

/** Pays for an object with parts. */
export function takeObject(cx: Crossing, parts: number): void {
  const { object, field } = cx.prices;
  cx.account.take(object + parts * field, SIZES.object + parts * SIZES.slot);
}

/** Whether values of a type are bigints, which engines hold as objects. */
export function isWide({ kind }: ValueType): boolean {
  return kind === "s64" || kind === "u64";
}

/** What an element of a list takes, for itself or for its place. */
export function elementPrice({ scalar, bigint }: Prices, element: ValueType): number {
  return isWide(element) ? bigint : scalar;
}

/** Reads the elements of a list, wherever the guest says they are. */
export function loadList(
  cx: Crossing,
  element: ValueType,
  address: number,
  length: number,
): ComponentValue {
  const { size, align } = layoutOf(element);
  cx.memory.check(address, length * size, align);
  const { object, byte } = cx.prices;
  if (element.kind === "u8") {
    cx.account.take(object + Math.ceil(length * byte), SIZES.object + length);
    return cx.memory.bytes.slice(address, address + length);
  }
  const units = object + length * elementPrice(cx.prices, element);
  cx.account.take(units, SIZES.object + length * SIZES.slot);
  const list = new Array<ComponentValue>(length);
  const scalar = SCALARS[element.kind];
  if (scalar !== undefined) {
    const { view } = cx.memory;
    for (let at = 0; at < length; at++) list[at] = scalar.load(view, address + at * size);
  } else {
    for (let at = 0; at < length; at++) list[at] = load(cx, element, address + at * size);
  }
  return list;
}

/** Reads values that follow each other. */
export function loadTuple(
  cx: Crossing,
  type: Extract<ValueType, { kind: "tuple" }>,
  address: number,
): ComponentValue[] {
  const { offsets } = layoutOf(type);
  takeObject(cx, type.items.length);
  return type.items.map((item, at) => load(cx, item, address + (offsets[at] ?? 0)));
}

function loadRecord(
  cx: Crossing,
  fields: readonly NamedType[],
  address: number,
  offsets: readonly number[],
): ComponentValue {
  takeObject(cx, fields.length);
  const record: { [field: string]: ComponentValue } = {};
  for (const [at, { name, type }] of fields.entries()) {
    record[name] = load(cx, type, address + (offsets[at] ?? 0));
  }
  return record;
}

function loadVariant(
  cx: Crossing,
  type: Extract<ValueType, { kind: "variant" | "option" | "result" }>,
  address: number,
): Tagged {
  takeObject(cx, 1);
  const count = type.kind === "variant" ? type.cases.length : 2;
  const chosen = caseAt(type, loadUnsigned(cx, address, discriminantSize(count)));
  if (chosen.type === null) return new Tagged(chosen.name);
  const payload = address + (layoutOf(type).offsets[0] ?? 0);
  return new Tagged(chosen.name, load(cx, chosen.type, payload));
}

function loadPair(cx: Crossing, at: number): { address: number; length: number } {
  const { view } = cx.memory;
  return { address: view.getUint32(at, true), length: view.getUint32(at + 4, true) };
}

function loadUnsigned(cx: Crossing, address: number, size: 1 | 2 | 4): number {
  const { view } = cx.memory;
  if (size === 1) return view.getUint8(address);
  return size === 2 ? view.getUint16(address, true) : view.getUint32(address, true);
}

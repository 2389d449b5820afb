import type { ComponentValue, ValueType } from "../types.ts";
import type { CoreValue } from "./call_core.ts";
import type { Crossing } from "./crossing.ts";
import { lowerHandle } from "./handle_values.ts";
import { layoutOf } from "./layout.ts";
import { caseOf, enumIndex, flagBits } from "./named.ts";
import { toJoined } from "./numbers.ts";
import { mistyped, SCALARS } from "./scalars.ts";
import { fieldValues, itemsOf, spendObject, storeList, storeSequence } from "./store_value.ts";
import { storeString } from "./strings.ts";

type Tuple = Extract<ValueType, { kind: "tuple" }>;

/** Hands over values of several types as core values, or in memory where there are too many. */
export function lowerValues(
  cx: Crossing,
  type: Tuple,
  values: readonly ComponentValue[],
  inMemory: boolean,
): CoreValue[] {
  if (!inMemory) return lowerAll(cx, type.items, values);
  const { size, align } = layoutOf(type);
  const address = cx.allocate(size, align);
  lowerInto(cx, type, values, address);
  return [address | 0];
}

function lowerAll(
  cx: Crossing,
  types: readonly ValueType[],
  values: readonly ComponentValue[],
): CoreValue[] {
  return types.flatMap((type, at) => {
    const value = values[at];
    if (value === undefined) throw mistyped(value, type.kind);
    return lowerFlat(cx, type, value);
  });
}

/** Hands over values in memory that the guest set apart. */
export function lowerInto(
  cx: Crossing,
  type: Tuple,
  values: readonly ComponentValue[],
  address: number,
): void {
  const { size, align, offsets } = layoutOf(type);
  cx.memory.check(address, size, align);
  cx.memory.writing(address, size);
  storeSequence(cx, type.items, values, address, offsets);
}

/** A value as core values (CanonicalABI.md, "Flat Lowering"). */
export function lowerFlat(cx: Crossing, type: ValueType, value: ComponentValue): CoreValue[] {
  const scalar = SCALARS[type.kind];
  if (scalar !== undefined) return [scalar.lower(value)];
  switch (type.kind) {
    case "string": {
      if (typeof value !== "string") throw mistyped(value, "a string");
      const { address, length } = storeString(cx, value);
      return [address | 0, length | 0];
    }
    case "list": {
      const { address, length } = storeList(cx, type.element, value);
      return [address | 0, length | 0];
    }
    case "record": {
      spendObject(cx, type.fields.length);
      const values = fieldValues(type.fields, value);
      return lowerAll(cx, type.fields.map((field) => field.type), values);
    }
    case "tuple":
      spendObject(cx, type.items.length);
      return lowerAll(cx, type.items, itemsOf(value));
    case "variant":
    case "option":
    case "result":
      return lowerVariant(cx, type, value);
    case "enum":
      return [enumIndex(type, value)];
    case "flags":
      spendObject(cx, type.names.length);
      return [flagBits(type, value) | 0];
    case "own":
    case "borrow":
      return [lowerHandle(cx, type, value)];
  }
  throw new TypeError(`Cannot lower a ${type.kind}`);
}

function lowerVariant(
  cx: Crossing,
  type: Extract<ValueType, { kind: "variant" | "option" | "result" }>,
  value: ComponentValue,
): CoreValue[] {
  spendObject(cx, 1);
  const chosen = caseOf(type, value);
  const [, ...joined] = layoutOf(type).flat ?? [];
  let payload: CoreValue[] = [];
  if (chosen.type !== null) {
    if (chosen.value.value === undefined) throw mistyped(undefined, chosen.type.kind);
    const have = layoutOf(chosen.type).flat ?? [];
    payload = lowerFlat(cx, chosen.type, chosen.value.value).map((part, at) =>
      toJoined(part, have[at] ?? "i32", joined[at] ?? "i32")
    );
  }
  const rest = joined.slice(payload.length).map((want) => want === "i64" ? 0n : 0);
  return [chosen.index, ...payload, ...rest];
}

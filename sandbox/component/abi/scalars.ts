import type { ComponentValue, ValueType } from "../types.ts";
import type { CoreValue } from "./call_core.ts";
import { plainFloat, setFloat32, setFloat64, toCharacter } from "./numbers.ts";

/** How the values of a type without parts are read and written. */
export interface Scalar {
  load(view: DataView, address: number): ComponentValue;
  store(view: DataView, address: number, value: ComponentValue): void;
  lift(value: CoreValue): ComponentValue;
  lower(value: ComponentValue): CoreValue;
}

/** A value that the host made of another type than it said: a fault of the host's. */
export function mistyped(value: unknown, wanted: string): TypeError {
  return new TypeError(`Cannot hand a ${typeof value} to a component as ${wanted}`);
}

function numberOf(value: ComponentValue): number {
  if (typeof value !== "number") throw mistyped(value, "a number");
  return value;
}

function bigintOf(value: ComponentValue): bigint {
  if (typeof value !== "bigint") throw mistyped(value, "a 64-bit integer");
  return value;
}

function bitOf(value: ComponentValue): 0 | 1 {
  if (typeof value !== "boolean") throw mistyped(value, "a bool");
  return value ? 1 : 0;
}

function codeOf(value: ComponentValue): number {
  const code = typeof value === "string" ? value.codePointAt(0) : undefined;
  if (code === undefined) throw mistyped(value, "a char");
  return code;
}

/** Types without parts and without pointers. Integers wrap to their width, as the specification has it. */
export const SCALARS: Partial<Record<ValueType["kind"], Scalar>> = {
  bool: {
    load: (view, at) => view.getUint8(at) !== 0,
    store: (view, at, value) => view.setUint8(at, bitOf(value)),
    lift: (value) => Number(value) !== 0,
    lower: bitOf,
  },
  s8: {
    load: (view, at) => view.getInt8(at),
    store: (view, at, value) => view.setInt8(at, numberOf(value)),
    lift: (value) => Number(value) << 24 >> 24,
    lower: numberOf,
  },
  u8: {
    load: (view, at) => view.getUint8(at),
    store: (view, at, value) => view.setUint8(at, numberOf(value)),
    lift: (value) => Number(value) & 0xff,
    lower: numberOf,
  },
  s16: {
    load: (view, at) => view.getInt16(at, true),
    store: (view, at, value) => view.setInt16(at, numberOf(value), true),
    lift: (value) => Number(value) << 16 >> 16,
    lower: numberOf,
  },
  u16: {
    load: (view, at) => view.getUint16(at, true),
    store: (view, at, value) => view.setUint16(at, numberOf(value), true),
    lift: (value) => Number(value) & 0xffff,
    lower: numberOf,
  },
  s32: {
    load: (view, at) => view.getInt32(at, true),
    store: (view, at, value) => view.setInt32(at, numberOf(value), true),
    lift: (value) => Number(value) | 0,
    lower: numberOf,
  },
  u32: {
    load: (view, at) => view.getUint32(at, true),
    store: (view, at, value) => view.setUint32(at, numberOf(value), true),
    lift: (value) => Number(value) >>> 0,
    lower: (value) => numberOf(value) | 0,
  },
  s64: {
    load: (view, at) => view.getBigInt64(at, true),
    store: (view, at, value) => view.setBigInt64(at, bigintOf(value), true),
    lift: (value) => BigInt.asIntN(64, BigInt(value)),
    lower: bigintOf,
  },
  u64: {
    load: (view, at) => view.getBigUint64(at, true),
    store: (view, at, value) => view.setBigUint64(at, bigintOf(value), true),
    lift: (value) => BigInt.asUintN(64, BigInt(value)),
    lower: (value) => BigInt.asIntN(64, bigintOf(value)),
  },
  f32: {
    load: (view, at) => plainFloat(view.getFloat32(at, true)),
    store: (view, at, value) => setFloat32(view, at, numberOf(value)),
    lift: (value) => plainFloat(Number(value)),
    lower: (value) => plainFloat(numberOf(value)),
  },
  f64: {
    load: (view, at) => plainFloat(view.getFloat64(at, true)),
    store: (view, at, value) => setFloat64(view, at, numberOf(value)),
    lift: (value) => plainFloat(Number(value)),
    lower: (value) => plainFloat(numberOf(value)),
  },
  char: {
    load: (view, at) => toCharacter(view.getUint32(at, true)),
    store: (view, at, value) => view.setUint32(at, codeOf(value), true),
    lift: (value) => toCharacter(Number(value) >>> 0),
    lower: codeOf,
  },
};

import type { FunctionType, NamedType, ResourceType, ValueType } from "../types.ts";

/**
 * Builders of types that read like WIT: `result<list<u8>, stream-error>` is
 * `result(list(u8), streamError)`.
 */

/** `bool`. */
export const bool: ValueType = { kind: "bool" };

/** `u8`. */
export const u8: ValueType = { kind: "u8" };

/** `u32`. */
export const u32: ValueType = { kind: "u32" };

/** `u64`. */
export const u64: ValueType = { kind: "u64" };

/** `string`. */
export const string: ValueType = { kind: "string" };

/** `list<element>`. */
export function list(element: ValueType): ValueType {
  return { kind: "list", element };
}

/** `tuple<...items>`. */
export function tuple(...items: ValueType[]): ValueType {
  return { kind: "tuple", items };
}

/** `record { name: type, ... }`. */
export function record(fields: Record<string, ValueType>): ValueType {
  return { kind: "record", fields: named(fields) };
}

/** `variant { name(type), ... }`; null for a case that has no type. */
export function variant(cases: Record<string, ValueType | null>): ValueType {
  return { kind: "variant", cases: Object.entries(cases).map(([name, type]) => ({ name, type })) };
}

/** `enum { name, ... }`, as one text of names. */
export function enumeration(names: string): ValueType {
  return { kind: "enum", names: words(names) };
}

/** `flags { name, ... }`, as one text of names. */
export function flags(names: string): ValueType {
  return { kind: "flags", names: words(names) };
}

/** `option<some>`. */
export function option(some: ValueType): ValueType {
  return { kind: "option", some };
}

/** `result<ok, err>`; null for `_`, or for what is left out. */
export function result(ok: ValueType | null = null, err: ValueType | null = null): ValueType {
  return { kind: "result", ok, err };
}

/** A resource's name where a value is handed over. */
export function own(resource: ResourceType): ValueType {
  return { kind: "own", resource };
}

/** `borrow<resource>`. */
export function borrow(resource: ResourceType): ValueType {
  return { kind: "borrow", resource };
}

/** `func(name: type, ...) -> result`. */
export function func(
  params: Record<string, ValueType> = {},
  result: ValueType | null = null,
): FunctionType {
  return { params: named(params), result };
}

/** The type of a resource's method: `self` comes first. */
export function method(
  resource: ResourceType,
  params: Record<string, ValueType> = {},
  result: ValueType | null = null,
): FunctionType {
  return func({ self: borrow(resource), ...params }, result);
}

function named(types: Record<string, ValueType>): NamedType[] {
  return Object.entries(types).map(([name, type]) => ({ name, type }));
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

import { ComponentTrap } from "../errors.ts";
import type { ComponentValue, ValueType } from "../types.ts";
import { Tagged } from "../types.ts";
import { casesOf } from "./layout.ts";
import { mistyped } from "./scalars.ts";

type NamedKind = Extract<ValueType, { kind: "variant" | "option" | "result" | "enum" | "flags" }>;
/** Types of tagged values. */
export type VariantKind = Extract<ValueType, { kind: "variant" | "option" | "result" }>;

/** One case of a variant, and its number. */
export interface Case {
  index: number;
  name: string;
  type: ValueType | null;
}

const places = new WeakMap<ValueType, ReadonlyMap<string, number>>();

/** The numbers of a type's names. Kept, as a list of values of a type of many names asks often. */
export function placesOf(type: NamedKind): ReadonlyMap<string, number> {
  let known = places.get(type);
  if (known === undefined) {
    const names = "names" in type ? type.names : casesOf(type).map(({ name }) => name);
    known = new Map(names.map((name, index) => [name, index]));
    places.set(type, known);
  }
  return known;
}

function placeOf(type: NamedKind, name: string): number {
  const place = placesOf(type).get(name);
  if (place === undefined) throw mistyped(name, `one of a ${type.kind}'s names`);
  return place;
}

function outOfRange(type: ValueType, index: number): ComponentTrap {
  return new ComponentTrap(
    `hands out the number ${index} for a ${type.kind}, which has no such case`,
  );
}

/** The case of a discriminant that a guest gave. */
export function caseAt(type: VariantKind, index: number): Case {
  const one = casesOf(type)[index];
  if (one === undefined) throw outOfRange(type, index);
  return { index, ...one };
}

/** The case of a value that the host holds. */
export function caseOf(type: VariantKind, value: ComponentValue): Case & { value: Tagged } {
  if (!(value instanceof Tagged)) throw mistyped(value, `a ${type.kind}`);
  return { ...caseAt(type, placeOf(type, value.tag)), value };
}

/** The name of an enumeration's number that a guest gave. */
export function enumName(type: Extract<ValueType, { kind: "enum" }>, index: number): string {
  const name = type.names[index];
  if (name === undefined) throw outOfRange(type, index);
  return name;
}

/** The number of an enumeration's name. */
export function enumIndex(
  type: Extract<ValueType, { kind: "enum" }>,
  value: ComponentValue,
): number {
  if (typeof value !== "string") throw mistyped(value, "an enum");
  return placeOf(type, value);
}

type Flags = Extract<ValueType, { kind: "flags" }>;

/** The names of the bits that are set. Bits beyond the names are ignored, as the specification has it. */
export function flagNames(type: Flags, bits: number): string[] {
  return type.names.filter((_, index) => (bits >>> index & 1) === 1);
}

/** The bits of names. */
export function flagBits(type: Flags, value: ComponentValue): number {
  if (!Array.isArray(value)) throw mistyped(value, "flags");
  let bits = 0;
  for (const name of value) bits |= 1 << placeOf(type, String(name));
  return bits >>> 0;
}

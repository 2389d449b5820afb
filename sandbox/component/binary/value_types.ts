import { malformed, unsupported } from "../errors.ts";
import type { Primitive } from "../types.ts";
import type { Cursor } from "./cursor.ts";
import type { NamedUse, TypeDefinition, TypeUse } from "./definitions.ts";
import type { Spaces } from "./spaces.ts";

const PRIMITIVE_BYTES: Partial<Record<number, Primitive>> = {
  0x7f: "bool",
  0x7e: "s8",
  0x7d: "u8",
  0x7c: "s16",
  0x7b: "u16",
  0x7a: "s32",
  0x79: "u32",
  0x78: "s64",
  0x77: "u64",
  0x76: "f32",
  0x75: "f64",
  0x74: "char",
  0x73: "string",
};

const REFUSED: Partial<Record<number, string>> = {
  0x67: "lists of fixed length",
  0x66: "streams",
  0x65: "futures",
  0x64: "error contexts",
  0x63: "maps",
};

/** What engines allow: a core value that holds all flags has 32 bits. */
const MOST_FLAGS = 32;

/** Most fields, items, cases and parameters: what wasm-tools takes, and engines of a core function. */
const MOST_MEMBERS = 1000;

/** A value type where it is used: an index, or a primitive in place. */
export function readTypeUse(cursor: Cursor, spaces: Spaces): TypeUse {
  const at = cursor.position;
  const value = cursor.s33();
  if (value >= 0) return spaces.check("type", value, at);
  const byte = value + 0x80;
  const primitive = PRIMITIVE_BYTES[byte];
  if (primitive !== undefined) return primitive;
  refuse(byte, at);
}

function refuse(byte: number, at: number): never {
  const feature = REFUSED[byte];
  if (feature !== undefined) throw unsupported(feature, at);
  throw malformed(`unknown value type 0x${byte.toString(16)}`, at);
}

/** Names with types: the fields of a record, the parameters of a function. */
export function readNamedUses(cursor: Cursor, spaces: Spaces, what: string): NamedUse[] {
  const at = cursor.position;
  const readOne = () => ({ name: cursor.label(), type: readTypeUse(cursor, spaces) });
  const all = cursor.vector(what, readOne, MOST_MEMBERS);
  checkDistinct(all.map(({ name }) => name), what, at);
  return all;
}

function readLabels(cursor: Cursor, what: string): string[] {
  const at = cursor.position;
  const names = cursor.vector(what, () => cursor.label(), MOST_MEMBERS);
  checkDistinct(names, what, at);
  return names;
}

function checkDistinct(names: string[], what: string, at: number): void {
  if (new Set(names.map((name) => name.toLowerCase())).size !== names.length) {
    throw malformed(`two ${what} have the same name`, at);
  }
}

/** Records, tuples, variants, enums and flags have at least one part: so no value takes no room at all. */
function atLeastOne<T>(parts: T[], what: string, at: number): T[] {
  if (parts.length === 0) throw malformed(`a type has no ${what}`, at);
  return parts;
}

/** A type of values, by its first byte. */
export function readValueType(
  cursor: Cursor,
  spaces: Spaces,
  form: number,
  at: number,
): TypeDefinition {
  const use = () => readTypeUse(cursor, spaces);
  switch (form) {
    case 0x72:
      return {
        kind: "record",
        fields: atLeastOne(readNamedUses(cursor, spaces, "fields"), "fields", at),
      };
    case 0x71:
      return { kind: "variant", cases: atLeastOne(readCases(cursor, spaces), "cases", at) };
    case 0x70:
      return { kind: "list", element: use() };
    case 0x6f:
      return { kind: "tuple", items: readItems(cursor, use, at) };
    case 0x6e:
      return { kind: "flags", names: readFlags(cursor, at) };
    case 0x6d:
      return { kind: "enum", names: atLeastOne(readLabels(cursor, "cases"), "cases", at) };
    case 0x6b:
      return { kind: "option", some: use() };
    case 0x6a:
      return { kind: "result", ok: cursor.optional(use), err: cursor.optional(use) };
    case 0x69:
    case 0x68:
      return { kind: form === 0x69 ? "own" : "borrow", resource: cursor.index(spaces, "type") };
  }
  const primitive = PRIMITIVE_BYTES[form];
  if (primitive !== undefined) return { kind: "primitive", primitive };
  refuse(form, at);
}

function readItems(cursor: Cursor, readOne: () => TypeUse, at: number): TypeUse[] {
  return atLeastOne(cursor.vector("items", readOne, MOST_MEMBERS), "items", at);
}

function readCases(cursor: Cursor, spaces: Spaces): { name: string; type: TypeUse | null }[] {
  const at = cursor.position;
  const readCase = () => {
    const name = cursor.label();
    const type = cursor.optional(() => readTypeUse(cursor, spaces));
    cursor.expect(0, "end of a case");
    return { name, type };
  };
  const cases = cursor.vector("cases", readCase, MOST_MEMBERS);
  checkDistinct(cases.map(({ name }) => name), "cases", at);
  return cases;
}

function readFlags(cursor: Cursor, at: number): string[] {
  const names = atLeastOne(readLabels(cursor, "flags"), "flags", at);
  if (names.length > MOST_FLAGS) throw unsupported(`more than ${MOST_FLAGS} flags in a type`, at);
  return names;
}

/** The types that have no parts. */
export const PRIMITIVES = [
  "bool",
  "s8",
  "u8",
  "s16",
  "u16",
  "s32",
  "u32",
  "s64",
  "u64",
  "f32",
  "f64",
  "char",
  "string",
] as const;

/** One of {@linkcode PRIMITIVES}. */
export type Primitive = (typeof PRIMITIVES)[number];

/**
 * A type of a value that crosses the boundary of a component: the component model's `valtype`, with all
 * indices resolved. Names are as in WIT: kebab-case.
 */
export type ValueType =
  | { kind: Primitive }
  | { kind: "list"; element: ValueType }
  | { kind: "record"; fields: readonly NamedType[] }
  | { kind: "tuple"; items: readonly ValueType[] }
  | { kind: "variant"; cases: readonly { name: string; type: ValueType | null }[] }
  | { kind: "enum"; names: readonly string[] }
  | { kind: "flags"; names: readonly string[] }
  | { kind: "option"; some: ValueType }
  | { kind: "result"; ok: ValueType | null; err: ValueType | null }
  | { kind: "own" | "borrow"; resource: ResourceType };

/** A type with the name of the field or parameter that has it. */
export interface NamedType {
  name: string;
  type: ValueType;
}

/** The type of a function; synchronous. */
export interface FunctionType {
  params: readonly NamedType[];
  result: ValueType | null;
}

/** A type of handles. Two are the same only if they are the same object. */
export interface ResourceType {
  /** As in WIT, for messages. */
  readonly name: string;
}

/**
 * A value as the runtime of components has it, whatever type it was declared with:
 *
 * | type | value |
 * | --- | --- |
 * | `bool` | boolean |
 * | integers up to 32 bits, `f32`, `f64` | number |
 * | `s64`, `u64` | bigint |
 * | `char`, `string`, `enum` | string |
 * | `list<u8>` | Uint8Array |
 * | other lists, tuples | array |
 * | `record` | object with the fields by their names in WIT |
 * | `variant`, `result`, `option` | {@linkcode Tagged}: cases by name, `ok` or `err`, `some` or `none` |
 * | `flags` | array of the names that are set, in the order of the type |
 * | `own`, `borrow` | {@linkcode Handle} |
 */
export type ComponentValue =
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | ComponentValue[]
  | Tagged
  | Handle
  | { [field: string]: ComponentValue };

/** One case of a variant. `value` is left out where the case has no type. */
export class Tagged {
  readonly tag: string;
  readonly value: ComponentValue | undefined;

  constructor(tag: string, value?: ComponentValue) {
    this.tag = tag;
    this.value = value;
  }
}

/** A resource outside of any component's table. */
export class Handle {
  readonly resource: ResourceType;
  /** What the resource is to whoever defined it: a number for a component, an object for the host. */
  readonly representation: number | object;

  constructor(resource: ResourceType, representation: number | object) {
    this.resource = resource;
    this.representation = representation;
  }
}

import type { Primitive } from "../types.ts";

/** What an index space holds, as the binary format names it. */
export const SORTS = ["function", "value", "type", "component", "instance"] as const;

/** One of {@linkcode SORTS}. */
export type Sort = (typeof SORTS)[number];

/** What an index space of core WebAssembly holds. */
export type CoreSort =
  | "core function"
  | "core table"
  | "core memory"
  | "core global"
  | "core tag"
  | "core type"
  | "core module"
  | "core instance";

/** Any of the index spaces. */
export type AnySort = Sort | CoreSort;

/** An item of an index space. */
export interface SortIndex {
  sort: AnySort;
  index: number;
}

/** A {@linkcode SortIndex} by the name under which it is handed on. */
export interface NamedIndex extends SortIndex {
  name: string;
}

/** A value type where one is used: a primitive by its name, or the index of a type. */
export type TypeUse = Primitive | number;

/** A type use with the name of the field, case or parameter that has it. */
export interface NamedUse {
  name: string;
  type: TypeUse;
}

/** A type as it stands in the file: parts refer to earlier types by index. */
export type TypeDefinition =
  | { kind: "primitive"; primitive: Primitive }
  | { kind: "list"; element: TypeUse }
  | { kind: "record"; fields: NamedUse[] }
  | { kind: "tuple"; items: TypeUse[] }
  | { kind: "variant"; cases: { name: string; type: TypeUse | null }[] }
  | { kind: "enum" | "flags"; names: string[] }
  | { kind: "option"; some: TypeUse }
  | { kind: "result"; ok: TypeUse | null; err: TypeUse | null }
  | { kind: "own" | "borrow"; resource: number }
  | { kind: "function"; params: NamedUse[]; result: TypeUse | null }
  | { kind: "resource"; destructor: number | null }
  | { kind: "instance" | "component"; declarations: Definition[] };

/** What an import or an ascribed export is said to be. */
export type ExternType =
  | { sort: "core module" | "function" | "instance" | "component"; type: number }
  /** A type equal to that of the index, or a fresh resource. */
  | { sort: "type"; equals: number | null };

/** How strings are laid out in a core module's memory. */
export type StringEncoding = "utf8" | "utf16" | "latin1+utf16";

/** The options of `canon lift` and `canon lower`, indices into the spaces of core memories and functions. */
export interface CanonOptions {
  encoding: StringEncoding;
  memory: number | null;
  realloc: number | null;
  postReturn: number | null;
}

/** One definition of a component, or one declaration of a component or instance type, in order. */
export type Definition = { offset: number } & DefinitionBody;

/** A definition apart from its place in the file. */
export type DefinitionBody =
  /** `module` counts over the whole file. */
  | { kind: "core module"; module: number }
  | { kind: "core type" }
  | { kind: "core instantiate"; module: number; args: { name: string; instance: number }[] }
  | { kind: "core exports"; exports: NamedIndex[] }
  | { kind: "component"; component: ComponentDefinition }
  | { kind: "instantiate"; component: number; args: NamedIndex[] }
  | { kind: "exports"; exports: NamedIndex[] }
  | { kind: "alias export"; sort: AnySort; instance: number; name: string }
  | { kind: "alias core export"; sort: CoreSort; instance: number; name: string }
  | { kind: "alias outer"; sort: AnySort; count: number; index: number }
  | { kind: "type"; type: TypeDefinition }
  | { kind: "lift"; core: number; options: CanonOptions; type: number }
  | { kind: "lower"; function: number; options: CanonOptions }
  | { kind: "resource.new" | "resource.drop" | "resource.rep"; resource: number }
  | { kind: "start"; function: number }
  | { kind: "import"; name: string; type: ExternType }
  | { kind: "export"; name: string; sort: AnySort; index: number; type: ExternType | null }
  /** An export of an instance or component type: it has a type and nothing behind it. */
  | { kind: "export type"; name: string; type: ExternType };

/** A component as it stands in the file. */
export interface ComponentDefinition {
  definitions: Definition[];
}

/** A whole file. */
export interface DecodedComponent {
  root: ComponentDefinition;
  /** Core modules in order of appearance, those of nested components included. */
  coreModules: CoreModuleBytes[];
}

/** A core module inside of a component's file. */
export interface CoreModuleBytes {
  /** A part of the file, not a copy. */
  bytes: Uint8Array;
  /** Where it begins in the file. */
  offset: number;
}

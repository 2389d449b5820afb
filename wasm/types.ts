/** Value types by their byte in the binary format (core specification 2.0, section 5.3). */
export const I32 = 0x7f;
/** 64-bit integer. */
export const I64 = 0x7e;
/** 32-bit float. */
export const F32 = 0x7d;
/** 64-bit float. */
export const F64 = 0x7c;
/** 128-bit vector. */
export const V128 = 0x7b;
/** Reference to a function. */
export const FUNCREF = 0x70;
/** Reference to a host value. */
export const EXTERNREF = 0x6f;
/** Reference to an exception. */
export const EXNREF = 0x69;

const VALUE_TYPES = new Set([I32, I64, F32, F64, V128, FUNCREF, EXTERNREF, EXNREF]);

/** Whether the byte is a value type that Cupel takes. */
export function isValueType(byte: number): boolean {
  return VALUE_TYPES.has(byte);
}

/** Parameters and results of a function, as value type bytes. */
export interface FunctionType {
  params: number[];
  results: number[];
}

/** Smallest and greatest size: pages of 64 KiB for a memory, elements for a table. */
export interface SizeLimits {
  minimum: number;
  maximum?: number;
  /** Where the size stands in the file. */
  start: number;
  end: number;
}

/** A table: its element type and its size. */
export interface TableType extends SizeLimits {
  element: number;
}

/** A global: its value type and whether it can be set. */
export interface GlobalType {
  type: number;
  mutable: boolean;
}

/** What kind of thing is imported or exported. */
export type ExternalKind = "function" | "table" | "memory" | "global" | "tag";

/** Kinds by their byte in the binary format. */
export const EXTERNAL_KINDS: readonly ExternalKind[] = [
  "function",
  "table",
  "memory",
  "global",
  "tag",
];

/** One import: where it comes from and what it is. */
export interface Import {
  module: string;
  name: string;
  kind: ExternalKind;
}

/** One export. */
export interface Export {
  name: string;
  kind: ExternalKind;
  index: number;
}

/** A section as it lies in the file: `start` and `end` delimit its content. */
export interface Section {
  id: number;
  start: number;
  end: number;
  /** Name of a custom section. */
  name?: string;
}

/** A function's code: `start` is the first byte of its local declarations. */
export interface Body {
  start: number;
  end: number;
}

/** What the rewriting needs to know of a module; index spaces put imports first. */
export interface ParsedModule {
  bytes: Uint8Array;
  sections: Section[];
  types: FunctionType[];
  imports: Import[];
  /** Type index of every function. */
  functions: number[];
  importedFunctions: number;
  tables: TableType[];
  importedTables: number;
  memories: SizeLimits[];
  importedMemories: number;
  globals: GlobalType[];
  importedGlobals: number;
  /** Type index of every tag. */
  tags: number[];
  exports: Export[];
  /** Functions that a global or an element segment takes a reference of. */
  referenced: Set<number>;
  /** Where constant expressions read globals: the instruction's place, and the global. */
  constantReads: { start: number; end: number; global: number }[];
  start?: number;
  /** Address behind the last byte that data segments fill at instantiation; infinite if not known. */
  dataEnd: number;
  bodies: Body[];
}

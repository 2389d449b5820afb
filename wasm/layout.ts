/** A page of WebAssembly memory, in bytes. */
export const WASM_PAGE_BYTES = 65536;

/** Size of the dirty map: a byte for each 4 KiB of all that 32 bits can address, so no mark misses it. */
export const DIRTY_MAP_BYTES = 2 ** 20;

/** What all that the rewriting exports begins with; modules that use it themselves are refused. */
export const RESERVED_PREFIX = "cupel.";

/** Names of what the rewriting exports, besides the globals of what is counted. */
export const NAMES = {
  memory: "cupel.memory",
  dirty: "cupel.dirty",
  interrupt: "cupel.interrupt",
  /** Followed by the table's index. */
  table: "cupel.table.",
  begin: "cupel.begin",
  left: "cupel.left",
  reason: "cupel.reason",
  save: "cupel.save",
  restore: "cupel.restore",
  changes: "cupel.changes",
  /** The start function of a module in a group, which the group runs under a budget. */
  start: "cupel.start",
} as const;

/** The module from which the members of a group import what they share. */
export const SHARED_MODULE = "cupel.shared";

/**
 * Mutable globals of what is counted, in their order: fuel, its reserve, stack that is left, why the run was
 * stopped; then, in a group, how many pages of memory and elements of tables are left to grow by, and
 * whether growing was refused. The only module of a group exports them by these names behind `cupel.`.
 */
export const SHARED_GLOBALS = [
  { name: "fuel", type: "i64" },
  { name: "reserve", type: "i64" },
  { name: "stack", type: "i32" },
  { name: "stop", type: "i32" },
  { name: "pages", type: "i32" },
  { name: "elements", type: "i32" },
  { name: "refused", type: "i32" },
] as const;

/** The export of one of {@linkcode SHARED_GLOBALS}. */
export function counterExport(name: (typeof SHARED_GLOBALS)[number]["name"]): string {
  return RESERVED_PREFIX + name;
}

/** The import, from {@linkcode SHARED_MODULE}, of the dirty map that belongs to an imported memory. */
export const SHARED_DIRTY = "dirty";

/**
 * What a module is in a group of instances: the only one, which then defines what is counted itself (code is
 * faster with globals of its own); or one of several, which import that.
 */
export type GroupRole = "sole" | "member";

/** What a metered module has, as an instance of it must know: plain data. */
export interface Layout {
  /**
   * Smallest and greatest size of the memory in pages of 64 KiB, and the address behind the last byte that
   * instantiation fills (null if that is not known). Null without a memory.
   */
  memory: { minimum: number; maximum: number; imported: boolean; dataEnd: number | null } | null;
  /** Whether another thread can interrupt the guest. */
  interruptible: boolean;
  /** Indices of the tables that code can write. */
  tables: number[];
  /** For a module of a group: what it needs of it. Undefined for one that stands alone. */
  linked?: {
    role: GroupRole;
    /** Where its memory is imported from; undefined where it has none or its own. */
    memory?: { module: string; name: string };
    /** Pages and elements of the memory and the tables that it defines, at the start. */
    pages: number;
    elements: number;
    /** Whether it has a start function, exported as `cupel.start`. */
    starts: boolean;
  };
}

/** A rewritten module: plain data that can be stored and posted to a worker. */
export interface MeteredModule {
  bytes: Uint8Array<ArrayBuffer>;
  layout: Layout;
}

/** A page of WebAssembly memory, in bytes. */
export const WASM_PAGE_BYTES = 65536;

/** Size of the dirty map: a byte for each 4 KiB of all that 32 bits can address, so no mark misses it. */
export const DIRTY_MAP_BYTES = 2 ** 20;

/** Names of what the rewriting exports; modules that use the prefix themselves are refused. */
export const NAMES = {
  fuel: "cupel.fuel",
  reserve: "cupel.reserve",
  stack: "cupel.stack",
  stop: "cupel.stop",
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
} as const;

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
}

/** A rewritten module: plain data that can be stored and posted to a worker. */
export interface MeteredModule {
  bytes: Uint8Array<ArrayBuffer>;
  layout: Layout;
}

/** What every random program has, and what varies. */

/** Signatures of the function types, which block types use too: parameters, then results. */
export const TYPES: readonly string[] = [
  ":",
  "i:i",
  "F:F",
  "ii:iI",
  "v:vi",
  ":v",
  "r:r",
  "x:x",
  "IfF:",
  "i:ii",
  ":IFfi",
  "i:",
];

/** Imported functions, by the index of their type: they log what they are given. */
export const IMPORTED_FUNCTIONS: readonly number[] = [1, 2];

/** Types of the mutable globals. The first counts loop turns and calls down, so that programs end. */
export const GLOBALS = "iiIfFvrx";

/** Types of what the exceptions carry, by the index of their function type. */
export const TAGS: readonly number[] = [0, 11, 8];

/** Element types of the tables. */
export const TABLES = "rx";

/** Elements of each table at the start, and at most. */
export const TABLE_SIZE = { minimum: 8, maximum: 12 } as const;

/** Pages of the memory at the start, and at most. */
export const MEMORY_SIZE = { minimum: 2, maximum: 3 } as const;

/** Loop turns and calls until a program traps. */
export const TICKS = 300;

/** How a random program is made. */
export interface Flavour {
  /** Which of the two encodings of exception handling; a module may not mix them. */
  exceptions: "legacy" | "table";
  /** Whether arithmetic that gives NaNs is used: engines may differ in their bits. */
  floats: boolean;
  /** Whether most instructions are stores. */
  stores: boolean;
  /** Whether what no image can undo is used: growing, dropping segments. */
  growth: boolean;
  /** Whether the memory is imported. */
  importsMemory: boolean;
}

/** Signature of a type as its two halves. */
export function signature(type: number): { params: string; results: string } {
  const [params = "", results = ""] = (TYPES[type] ?? ":").split(":");
  return { params, results };
}

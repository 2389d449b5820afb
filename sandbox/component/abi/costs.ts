/**
 * Fuel for what the host does to carry values, in proportion to its time at some seven units a nanosecond
 * (see `wasm/cost.ts`).
 */
export const COSTS = {
  /** A call across a component's boundary. */
  call: 300,
  /** A part of a value that becomes an object of its own: a record, a tagged value, a list, a string. */
  object: 120,
  /** A number, boolean or the like. */
  scalar: 16,
  /** Making, finding or dropping a handle. */
  handle: 200,
  /** Bytes that are copied for one unit. */
  bytesPerUnit: 4,
  /** A byte of text that is decoded or encoded. */
  textByte: 2,
} as const;

/** What values take of the host's memory, in bytes: a careful guess that is the same everywhere. */
export const SIZES = {
  object: 48,
  /** A field of an object, an element of an array. */
  slot: 16,
  /** A UTF-16 code unit of a string. */
  character: 2,
} as const;

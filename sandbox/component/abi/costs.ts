import type { CoreSignature } from "./flatten.ts";

/**
 * Fuel for what the host does to carry values, so that a unit of it takes the host a nanosecond at most, on the
 * widest types too (see `wasm/cost.ts`).
 */
export interface Prices {
  /** A part of a value that becomes an object of its own: a record, a tagged value, a list, a string. */
  object: number;
  /** A field of a record, an item of a tuple, a payload. */
  field: number;
  /** An element of a list: a number, boolean or the like. */
  scalar: number;
  /** An integer of 64 bits, which is an object of the engine's. */
  bigint: number;
  /** A byte of a list of bytes. */
  byte: number;
  /** A byte of text that is decoded or encoded. */
  textByte: number;
}

/** Prices of values between components, and of those that the host hands in. */
export const INSIDE: Prices = {
  object: 600,
  field: 100,
  scalar: 40,
  bigint: 60,
  byte: 0.25,
  textByte: 4,
};

/** Prices of values that leave for the host: they are made JavaScript's and written as text as well. */
export const LEAVING: Prices = {
  object: 1000,
  field: 300,
  scalar: 64,
  bigint: 300,
  byte: 64,
  textByte: 32,
};

/** Fuel for what has no values. */
export const COSTS = {
  /** A call across a component's boundary. */
  call: 300,
  /** A core value that such a call takes or gives. */
  coreValue: 60,
  /** Making, finding or dropping a handle. */
  handle: 200,
} as const;

/** What a call takes that carries so many core values. */
export function callPrice({ params, results }: CoreSignature): number {
  return COSTS.call + (params.length + results.length) * COSTS.coreValue;
}

/** What values take of the host's memory, in bytes: a careful guess that is the same everywhere. */
export const SIZES = {
  object: 48,
  /** A field of an object, an element of an array. */
  slot: 16,
  /** A UTF-16 code unit of a string. */
  character: 2,
} as const;

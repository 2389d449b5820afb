import type { Scale } from "./guest.ts";

/** How big hostile values are, and the limits of the isolate that has them. */
export interface Size {
  scale: Scale;
  memoryBytes: number;
  /** Fuel of one call. */
  fuel: number;
}

/** Hostile values that fit into a memory which cannot grow. */
export const SMALL: Size = {
  scale: { size: 2 ** 18, depth: 5000, bits: 2 ** 18 },
  memoryBytes: 16 * 2 ** 20,
  fuel: 30_000_000,
};

/** Texts of megabytes and arrays nested a hundred thousand deep. */
export const LARGE: Size = {
  scale: { size: 2 ** 22, depth: 100_000, bits: 2 ** 19 },
  memoryBytes: 40 * 2 ** 20,
  fuel: 50_000_000,
};

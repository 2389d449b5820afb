import { unsupported } from "./errors.ts";
import type { SizeLimits } from "./types.ts";
import { Writer } from "./writer.ts";

/** Caps on the sizes of a module's memory and tables. */
export interface Caps {
  memory?: {
    /** Lowers the smallest size, in pages of 64 KiB: only for guests that are known to bear it. */
    initialPages?: number;
    /** Greatest size in pages of 64 KiB. */
    maximumPages?: number;
  };
  table?: {
    /** Greatest number of elements of each table. */
    maximumElements?: number;
  };
}

/** Most pages that a 32-bit memory can have. */
export const MOST_PAGES = 65536;

/** Most elements of a table where nothing else is said: what engines allow. */
export const MOST_ELEMENTS = 10_000_000;

/**
 * Clamps a memory's size.
 *
 * @throws WasmFormatError where the module needs more at its start than the cap allows.
 */
export function capMemory(size: SizeLimits, caps: Caps): Required<SizeLimits> {
  const minimum = Math.min(size.minimum, caps.memory?.initialPages ?? MOST_PAGES);
  const cap = caps.memory?.maximumPages ?? MOST_PAGES;
  const maximum = Math.min(size.maximum ?? MOST_PAGES, cap);
  if (minimum > maximum) {
    throw unsupported(`its memory needs ${minimum} pages and the cap is ${cap}`, size.start);
  }
  return { ...size, minimum, maximum };
}

/**
 * Clamps a table's size.
 *
 * @throws WasmFormatError where the module needs more at its start than the cap allows.
 */
export function capTable(size: SizeLimits, caps: Caps): Required<SizeLimits> {
  const cap = caps.table?.maximumElements ?? MOST_ELEMENTS;
  const maximum = Math.min(size.maximum ?? MOST_ELEMENTS, cap);
  if (size.minimum > maximum) {
    throw unsupported(`a table needs ${size.minimum} elements and the cap is ${cap}`, size.start);
  }
  return { ...size, maximum };
}

/** The bytes of a size with a maximum. */
export function sizeBytes({ minimum, maximum }: Required<SizeLimits>): number[] {
  return [...new Writer(16).byte(1).u32(minimum).u32(maximum).view()];
}

import { WASM_PAGE_BYTES } from "../../wasm/mod.ts";
import type { GuestMemory } from "./guest_memory.ts";

/** What a page that the host adds costs: the machine has to find and clear 64 KiB for it. */
const FUEL_PER_PAGE = 100_000;

/** Share of the memory by which it grows at least, so that growing often stays cheap. */
const LEAST_GROWTH = 8;

/** What growing works on. */
export interface Growable {
  readonly wasmMemory: WebAssembly.Memory;
  readonly memory: GuestMemory;
  /** Most pages that the memory may have. */
  readonly maximumPages: number;
  charge(units: number): void;
  stopForMemory(): never;
}

/**
 * Makes room for a heap that ends at `bytes`. How much is added depends on the sizes alone, so the
 * same program sees the same memory everywhere. Without room the run is over: a guest that could
 * catch the error might go on with an engine that no longer works.
 *
 * @returns 1, as the engine expects.
 */
export function growForHeap(host: Growable, bytes: number): 1 {
  const pages = host.wasmMemory.buffer.byteLength / WASM_PAGE_BYTES;
  const needed = Math.ceil(bytes / WASM_PAGE_BYTES);
  if (needed > host.maximumPages) host.stopForMemory();
  const wanted = Math.max(needed, pages + Math.ceil(pages / LEAST_GROWTH));
  const added = Math.min(wanted, host.maximumPages) - pages;
  if (added <= 0) return 1;
  host.charge(added * FUEL_PER_PAGE);
  grow(host, added);
  host.memory.refresh();
  return 1;
}

function grow(host: Growable, pages: number): void {
  try {
    host.wasmMemory.grow(pages);
  } catch (error) {
    // The machine itself is out of memory, below the limit: for the guest it is the same.
    if (error instanceof RangeError) host.stopForMemory();
    throw error;
  }
}

import {
  type GroupCaps,
  type Layout,
  meter,
  type MeterOptions,
  WASM_PAGE_BYTES,
} from "../wasm/mod.ts";
import type { Limits } from "./limits.ts";

/** Most elements of all tables of a guest. */
const TABLE_ELEMENTS = 100_000;

/** Code of a core module of a guest that was compiled from some language: metered and compiled. */
export interface CoreCode {
  readonly module: WebAssembly.Module;
  readonly layout: Layout;
}

/** What the instances of such a guest may have together. */
export function coreCaps({ memoryBytes }: Pick<Limits, "memoryBytes">): GroupCaps {
  return { pages: Math.floor(memoryBytes / WASM_PAGE_BYTES), elements: TABLE_ELEMENTS };
}

/**
 * Meters a core module under the caps of a guest and compiles it. Nothing of it runs.
 *
 * @param invalid The error for one that the engine finds invalid: engines word it differently.
 * @throws WasmFormatError for what cannot be metered.
 */
export function compileCore(
  bytes: Uint8Array,
  options: Required<Pick<MeterOptions, "group" | "hostCallsBack">>,
  limits: Pick<Limits, "memoryBytes">,
  invalid: (cause: unknown) => Error,
): CoreCode {
  const { pages, elements } = coreCaps(limits);
  const metered = meter(bytes, {
    ...options,
    memory: { maximumPages: pages },
    table: { maximumElements: elements },
  });
  try {
    return { module: new WebAssembly.Module(metered.bytes), layout: metered.layout };
  } catch (error) {
    throw invalid(error);
  }
}

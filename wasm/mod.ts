/**
 * Any WebAssembly module made metered, capped and resettable.
 *
 * @module
 */
export { meter, type MeterOptions } from "./meter.ts";
export type { Caps } from "./caps.ts";
export { type CostModel, DEFAULT_COSTS } from "./cost.ts";
export { WasmFormatError } from "./errors.ts";
export { type Layout, type MeteredModule, WASM_PAGE_BYTES } from "./layout.ts";
export { type Budget, MeteredInstance, type RunResult, type Stop } from "./instance.ts";
export { parseModule } from "./module.ts";

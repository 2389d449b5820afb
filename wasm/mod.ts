/**
 * Any WebAssembly module made metered, capped and resettable.
 *
 * @module
 */
export { meter, type MeterOptions } from "./meter.ts";
export type { Caps } from "./caps.ts";
export { type CostModel, DEFAULT_COSTS } from "./cost.ts";
export { WasmFormatError } from "./errors.ts";
export { type GroupRole, type Layout, type MeteredModule, WASM_PAGE_BYTES } from "./layout.ts";
export { type GroupCaps, MeteredGroup } from "./group.ts";
export { MeteredInstance } from "./instance.ts";
export type { Budget, RunResult, Stop } from "./run.ts";
export { parseModule } from "./module.ts";

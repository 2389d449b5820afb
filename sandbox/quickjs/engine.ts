import { createHash } from "node:crypto";
import { type Layout, meter, WASM_PAGE_BYTES } from "../../wasm/mod.ts";
import { ENGINE_SHA256, HEAP_BASE } from "./abi.ts";
import { readEngine } from "./wasm_file.ts";

/** The metered engine, compiled. Plain data: it can be posted to a worker. */
export interface QuickJsGuest {
  module: WebAssembly.Module;
  layout: Layout;
}

/** Fewest pages with which the engine can be instantiated: static data, stack and a little heap. */
const LEAST_PAGES = Math.ceil(HEAP_BASE / WASM_PAGE_BYTES) + 1;

/**
 * Meters and compiles the engine.
 *
 * @param bytes the build that abi.ts describes.
 * @throws {TypeError} for any other build.
 */
export function prepareQuickJs(bytes: Uint8Array<ArrayBuffer>): QuickJsGuest {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== ENGINE_SHA256) {
    throw new TypeError(
      `Cannot use another build of QuickJS: its SHA-256 must be ${ENGINE_SHA256}: current value is ${sha256}`,
    );
  }
  const metered = meter(bytes, {
    memory: { initialPages: LEAST_PAGES },
    hostCallsBack: false,
  });
  return { module: new WebAssembly.Module(metered.bytes), layout: metered.layout };
}

let loading: Promise<QuickJsGuest> | undefined;

/** Reads, meters and compiles the engine, once a process. For the main thread. */
export function loadQuickJs(): Promise<QuickJsGuest> {
  loading ??= readEngine().then(prepareQuickJs);
  return loading;
}

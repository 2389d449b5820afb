import { wasmArtifact } from "../../../../sandbox/bundle/wasm_file.ts";
import {
  type GuestIsolate,
  loadGuest,
  type LoadResult,
} from "../../../../sandbox/guest_isolate.ts";
import { DEFAULT_LIMITS, type Limits } from "../../../../sandbox/limits.ts";
import { coreRecipe } from "../../../../sandbox/wasi/loaded_core.ts";
import { wat } from "../../../wasm/support/wat.ts";
import { isolateIn } from "../../outcomes.ts";

/** How a module is loaded, apart from its limits. */
export interface GuestOptions {
  limits?: Partial<Limits>;
  args?: readonly string[];
  /** Contents of files, as text or bytes. */
  files?: Readonly<Record<string, string | Uint8Array>>;
  stateful?: boolean;
}

const encoder = new TextEncoder();

/** Loads a core module, given as bytes or as text, under the default limits where nothing else is said. */
export function loadCore(
  module: string | Uint8Array,
  { limits = {}, args = [], files = {}, stateful = false }: GuestOptions = {},
): LoadResult {
  const bytes = typeof module === "string" ? wat(module) : module;
  const contents = Object.entries(files).map((
    [path, content],
  ): [string, Uint8Array<ArrayBuffer>] => [
    path,
    typeof content === "string" ? encoder.encode(content) : new Uint8Array(content),
  ]);
  const grants = { args, files: new Map(contents) };
  const artifact = wasmArtifact(new Uint8Array(bytes), "guest.wasm", grants);
  const all = { ...DEFAULT_LIMITS, ...limits };
  return loadGuest(coreRecipe(artifact, all), all, { stateful });
}

/** The isolate of a module that must load. */
export function coreIsolate(module: string | Uint8Array, options: GuestOptions = {}): GuestIsolate {
  return isolateIn(loadCore(module, options));
}

export { failureOf, valueOf } from "../../outcomes.ts";

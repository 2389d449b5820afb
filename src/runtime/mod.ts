import { bunRuntime } from "./bun.ts";
import { denoRuntime } from "./deno.ts";
import { nodeRuntime } from "./node.ts";
import type { Runtime } from "./runtime.ts";

export type { OutputStream, Runtime, WorkerHandle, WorkerPort } from "./runtime.ts";

/** The runtime that this is. The only place that asks. */
export const runtime: Runtime = chooseRuntime();

function chooseRuntime(): Runtime {
  if ("Deno" in globalThis) return denoRuntime();
  if ("Bun" in globalThis) return bunRuntime();
  return nodeRuntime();
}

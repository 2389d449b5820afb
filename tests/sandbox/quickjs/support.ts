import { createHash } from "node:crypto";
import { DEFAULT_LIMITS, type Limits } from "../../../sandbox/limits.ts";
import { loadQuickJs } from "../../../sandbox/quickjs/engine.ts";
import type { GuestIsolate, LoadResult } from "../../../sandbox/guest_isolate.ts";
import type { LoadOptions } from "../../../sandbox/guest_isolate.ts";
import { loadQuickJsIsolate } from "../../../sandbox/quickjs/isolate.ts";
import { isolateIn } from "../outcomes.ts";

/** Loads JavaScript as `user.js`, with the default limits where nothing else is said. */
export async function load(
  code: string,
  limits: Partial<Limits> = {},
  options: LoadOptions = {},
): Promise<LoadResult> {
  const artifact = {
    kind: "javascript" as const,
    code,
    sha256: createHash("sha256").update(code).digest("hex"),
    name: "user.js",
  };
  return loadQuickJsIsolate(
    await loadQuickJs(),
    artifact,
    { ...DEFAULT_LIMITS, ...limits },
    options,
  );
}

/** Loads JavaScript that must load. */
export async function isolateOf(
  code: string,
  limits: Partial<Limits> = {},
  options: LoadOptions = {},
): Promise<GuestIsolate> {
  return isolateIn(await load(code, limits, options));
}

export { failureOf, valueOf } from "../outcomes.ts";

/** The one memory of a guest. */
export function memoryOf(isolate: GuestIsolate): WebAssembly.Memory {
  const [memory] = isolate.memories();
  if (memory === undefined) throw new Error("it has no memory");
  return memory;
}

/** SHA-256 of all of a guest's memory. */
export function hashMemory(isolate: GuestIsolate): string {
  return createHash("sha256").update(new Uint8Array(memoryOf(isolate).buffer)).digest("hex");
}

import { createHash } from "node:crypto";
import { DEFAULT_LIMITS, type Limits } from "../../../sandbox/limits.ts";
import type { Failure, Outcome } from "../../../sandbox/outcome.ts";
import { loadQuickJs } from "../../../sandbox/quickjs/engine.ts";
import type { GuestIsolate, LoadResult } from "../../../sandbox/guest_isolate.ts";
import type { LoadOptions } from "../../../sandbox/guest_isolate.ts";
import { loadQuickJsIsolate } from "../../../sandbox/quickjs/isolate.ts";
import type { Value } from "../../../sandbox/values/value.ts";

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
  const result = await load(code, limits, options);
  if (result.ok) return result.isolate;
  throw new Error(result.failure.message);
}

/** The value of a call that must give one. */
export function valueOf(outcome: Outcome): Value {
  if (outcome.ok) return outcome.value;
  throw new Error(`${outcome.failure.kind}: ${outcome.failure.message}`);
}

/** The failure of a call that must fail. */
export function failureOf(outcome: Outcome | LoadResult): Failure {
  if (!outcome.ok) return outcome.failure;
  throw new Error("it did not fail");
}

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

import { SandboxError } from "../errors.ts";

type WasmTools = typeof import("@bytecodealliance/jco-transpile/wasm-tools");

/** wasm-tools, which is WebAssembly itself. Some megabytes: loaded by who needs it only. */
export function loadTools(): Promise<WasmTools> {
  return import("@bytecodealliance/jco-transpile/wasm-tools");
}

/**
 * Runs something of wasm-tools; what it complains of is what the user gave.
 *
 * @param what What was tried, for the message: "Cannot …".
 * @param better gives a better reason than the one that wasm-tools gives, or null.
 * @throws {SandboxError} `bad-source` with the reason that lies deepest, in one line.
 */
export async function withReason<T>(
  what: string,
  body: () => Promise<T>,
  better: (reason: string) => string | null,
): Promise<T> {
  try {
    return await body();
  } catch (cause) {
    const reason = reasonOf(cause);
    throw new SandboxError("bad-source", `${what}: ${better(reason) ?? reason}`, { cause });
  }
}

/** What wasm-tools complains of, in one line: of a chain of reasons, "Caused by: 0: … 1: …", the last. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [, chain] = message.split("Caused by:");
  const last = chain?.split(/\n[ \t]+\d+: /).at(-1) ?? message;
  return last.trim().split("\n").map((line) => line.trim()).filter(Boolean).join(" ");
}

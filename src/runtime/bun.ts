import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Runtime } from "./runtime.ts";
import { spawnThread, threadPort } from "./worker_threads.ts";

/**
 * Bun: `node:worker_threads`, because unlike Bun's Web Worker it says when a thread has really ended.
 * A worker has no environment, but Bun has no permissions to take away.
 */
export function bunRuntime(): Runtime {
  return {
    name: "bun",
    version: process.versions["bun"] ?? "unknown",
    spawnWorker: (program) => spawnThread(program),
    workerPort: threadPort,
    commandOf: (program) => [process.execPath, fileURLToPath(program)],
    hasWebGpu: () => Promise.resolve(false),
  };
}

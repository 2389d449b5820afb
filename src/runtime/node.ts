import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Runtime } from "./runtime.ts";
import { spawnThread, threadPort } from "./worker_threads.ts";

/** JavaScript heap of one worker; the guests' WebAssembly memories are not part of it. */
const HEAP_MEGABYTES = 1024;

/**
 * Node: `node:worker_threads` without environment and with a capped heap. Node can take permissions
 * away from a whole process only.
 */
export function nodeRuntime(): Runtime {
  return {
    name: "node",
    version: process.versions.node,
    spawnWorker: (program) =>
      spawnThread(program, {
        execArgv: typeScriptFlags(process.versions.node),
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
      }),
    workerPort: threadPort,
    commandOf: (program) => [
      process.execPath,
      ...typeScriptFlags(process.versions.node),
      fileURLToPath(program),
    ],
    hasWebGpu: () => Promise.resolve(false),
  };
}

/** Flags that make a version of Node run TypeScript; it does so by itself from 22.18 and 23.6 on. */
export function typeScriptFlags(version: string): string[] {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const byItself = major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
  return byItself ? [] : ["--experimental-strip-types", "--disable-warning=ExperimentalWarning"];
}

import { readFileSync } from "node:fs";
import process from "node:process";
import { runtime } from "../../../src/runtime/mod.ts";

/** What the worker is asked to do. */
export interface Request {
  module?: WebAssembly.Module;
  shared?: SharedArrayBuffer;
  read?: string;
  environment?: boolean;
  fail?: string;
}

const port = runtime.workerPort();
port.onMessage((message) => port.postMessage(answer(message as Request)));

function answer({ module, shared, read, environment, fail }: Request): unknown {
  if (fail !== undefined) throw new Error(fail);
  if (module) return Object.keys(new WebAssembly.Instance(module).exports);
  if (shared) return Atomics.add(new Int32Array(shared), 0, 5);
  try {
    if (environment) return Object.keys(process.env).length;
    return readFileSync(read ?? "", "utf8").length;
  } catch (error) {
    return error instanceof Error ? error.name : "unknown";
  }
}

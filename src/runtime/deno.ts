import { fileURLToPath } from "node:url";
import type { Runtime, WorkerHandle, WorkerPort } from "./runtime.ts";

/** Deno: Web Workers that were granted no permission. Needs `unstable: ["worker-options"]`. */
export function denoRuntime(): Runtime {
  return {
    name: "deno",
    version: Deno.version.deno,
    spawnWorker,
    workerPort,
    commandOf: (program) => [Deno.execPath(), "run", "-A", "--quiet", fileURLToPath(program)],
    hasWebGpu,
  };
}

async function hasWebGpu(): Promise<boolean> {
  // Deno's type says that it is always there; embedders leave it out.
  if (!("gpu" in navigator)) return false;
  return await navigator.gpu.requestAdapter() !== null;
}

function spawnWorker(program: URL): WorkerHandle {
  const worker = new Worker(program, { type: "module", deno: { permissions: "none" } });
  return {
    postMessage: (message) => worker.postMessage(message),
    onMessage: (handler) => {
      worker.onmessage = (event) => handler(event.data);
    },
    onError: (handler) => {
      worker.onmessageerror = () => handler(new Error("a message could not be read"));
      worker.onerror = (event) => {
        // Without this the error would be thrown again here, and end the whole process.
        event.preventDefault();
        handler(new Error(event.message));
      };
    },
    // Deno has no event for it.
    onExit: () => {},
    terminate: () => {
      worker.terminate();
      return Promise.resolve();
    },
  };
}

/** The part of a dedicated worker's global scope that the port needs. */
interface WorkerScope {
  postMessage(message: unknown): void;
  close(): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

function workerPort(): WorkerPort {
  const scope: object = globalThis;
  if (!isWorkerScope(scope)) {
    throw new TypeError("Cannot open the worker port as this is not a worker thread");
  }
  return {
    postMessage: (message) => scope.postMessage(message),
    onMessage: (handler) => {
      scope.onmessage = (event) => handler(event.data);
    },
    close: () => scope.close(),
  };
}

function isWorkerScope(scope: object): scope is WorkerScope {
  return "WorkerGlobalScope" in scope && "postMessage" in scope && "close" in scope;
}

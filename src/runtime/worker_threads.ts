import { parentPort, Worker, type WorkerOptions } from "node:worker_threads";
import type { WorkerHandle, WorkerPort } from "./runtime.ts";

/** Starts a `node:worker_threads` worker with an empty environment and no input. */
export function spawnThread(program: URL, options: WorkerOptions = {}): WorkerHandle {
  const worker = new Worker(program, { ...options, env: {}, stdin: false });
  const handlers = {
    message: (_message: unknown) => {},
    error: (_error: Error) => {},
    exit: () => {},
  };
  worker.on("message", (message) => handlers.message(message));
  worker.on("messageerror", () => handlers.error(new Error("a message could not be read")));
  // Without a listener the error would end the whole process. A thrown value need not be an Error.
  worker.on("error", (error: unknown) => {
    handlers.error(error instanceof Error ? error : new Error(String(error)));
  });
  worker.on("exit", () => handlers.exit());
  return {
    postMessage: (message) => worker.postMessage(message),
    onMessage: (handler) => {
      handlers.message = handler;
    },
    onError: (handler) => {
      handlers.error = handler;
    },
    onExit: (handler) => {
      handlers.exit = handler;
    },
    terminate: async () => {
      await worker.terminate();
    },
  };
}

/** The port of a `node:worker_threads` worker. */
export function threadPort(): WorkerPort {
  if (parentPort === null) {
    throw new TypeError("Cannot open the worker port as this is not a worker thread");
  }
  const port = parentPort;
  return {
    postMessage: (message) => port.postMessage(message),
    onMessage: (handler) => {
      port.removeAllListeners("message");
      port.on("message", handler);
    },
    close: () => port.close(),
  };
}

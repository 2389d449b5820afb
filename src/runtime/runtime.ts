/** The main thread's end of a worker thread. */
export interface WorkerHandle {
  /** Sends a structured clone of `message`; shared buffers and WebAssembly modules may be in it. */
  postMessage(message: unknown): void;
  /** Calls `handler` for each message from the worker. Only the last handler given counts. */
  onMessage(handler: (message: unknown) => void): void;
  /** Calls `handler` when an error that nobody caught ended the worker, or a message was unreadable. */
  onError(handler: (error: Error) => void): void;
  /** Calls `handler` when the thread has ended, by itself or not. Deno never reports it. */
  onExit(handler: () => void): void;
  /**
   * Asks the thread to end; no later message of it is delivered.
   *
   * Node ends any thread at once. Bun (1.4) cannot interrupt WebAssembly and Deno (2.9) cannot
   * interrupt anything: there the thread lives until it returns to its event loop. The promise
   * resolves when the thread has ended; on Bun that may be late, and on Deno it resolves at once.
   */
  terminate(): Promise<void>;
}

/** A worker thread's end: what a worker program talks to its parent with. */
export interface WorkerPort {
  /** Sends a structured clone of `message` to the parent. */
  postMessage(message: unknown): void;
  /** Calls `handler` for each message from the parent. Only the last handler given counts. */
  onMessage(handler: (message: unknown) => void): void;
  /** Stops listening, so that the thread ends once it has nothing more to do. */
  close(): void;
}

/** One of the output streams of the process. */
export interface OutputStream {
  /** Whether a person is looking at it. */
  readonly isTerminal: boolean;
  /** Width in characters; 80 where it is not known. */
  readonly columns: number;
  /** Writes text, in order. A reader that went away is not an error. */
  write(text: string): void;
}

/** What differs between Deno, Bun and Node: everything else is `node:` built-ins. */
export interface Runtime {
  readonly name: "deno" | "bun" | "node";
  readonly version: string;
  /** Starts a worker thread without environment, input and, where the runtime can, any permission. */
  spawnWorker(program: URL): WorkerHandle;
  /** Inside a worker thread: the port to its parent. Throws a `TypeError` outside of one. */
  workerPort(): WorkerPort;
  /** What starts a TypeScript program of this project as a process: the executable, then arguments. */
  commandOf(program: URL): string[];
  /** Whether there is WebGPU with an adapter, which may be one in software. It may take seconds to tell. */
  hasWebGpu(): Promise<boolean>;
}

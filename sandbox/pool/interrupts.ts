/**
 * The interrupt buffers of one worker's isolates, on the main thread: the one thing that reaches a
 * thread which is busy in WebAssembly, on every runtime.
 *
 * A buffer can come when the worker was given up already: what it belongs to is then interrupted at once.
 */
export class Interrupts {
  /** By isolate: a worker may replace its instances without end, and only the last of each can run. */
  readonly #buffers = new Map<string, SharedArrayBuffer>();
  #isRaised = false;

  /** Takes the buffer of an isolate's instance, in place of the one before. */
  set(isolate: string, buffer: SharedArrayBuffer): void {
    this.#buffers.set(isolate, buffer);
    if (this.#isRaised) raise(buffer);
  }

  /** Interrupts whatever the worker's isolates run, and will ever run. */
  raise(): void {
    this.#isRaised = true;
    for (const buffer of this.#buffers.values()) raise(buffer);
  }
}

function raise(buffer: SharedArrayBuffer): void {
  Atomics.store(new Int32Array(buffer), 0, 1);
}

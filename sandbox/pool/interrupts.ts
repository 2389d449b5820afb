/**
 * The interrupt buffers of one worker's isolates, on the main thread: the one thing that reaches a
 * thread which is busy in WebAssembly, on every runtime.
 *
 * A buffer can come when the worker was given up already: what it belongs to is then interrupted at once.
 */
export class Interrupts {
  /** By isolate: a worker may replace its instances without end, and only the last of each can run. */
  readonly #buffers = new Map<string, SharedArrayBuffer[]>();
  #isRaised = false;

  /** Takes the buffer of an isolate's instance: besides the others, or in place of those before. */
  add(isolate: string, buffer: SharedArrayBuffer, { replaces }: { replaces: boolean }): void {
    const others = replaces ? [] : this.#buffers.get(isolate) ?? [];
    this.#buffers.set(isolate, [...others, buffer]);
    if (this.#isRaised) raise(buffer);
  }

  /** Interrupts whatever the worker's isolates run, and will ever run. */
  raise(): void {
    this.#isRaised = true;
    for (const buffers of this.#buffers.values()) buffers.forEach(raise);
  }
}

function raise(buffer: SharedArrayBuffer): void {
  Atomics.store(new Int32Array(buffer), 0, 1);
}

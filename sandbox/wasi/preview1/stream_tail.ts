/** Bytes that are kept. */
const KEPT_BYTES = 2048;

/** Most lines that are shown. */
const MOST_LINES = 5;

/** The end of a stream, however long it is. */
export class StreamTail {
  readonly #bytes = new Uint8Array(KEPT_BYTES);
  #length = 0;
  #isCut = false;

  /** Takes bytes; it keeps no reference to them. */
  write(bytes: Uint8Array): void {
    const added = bytes.subarray(Math.max(0, bytes.length - KEPT_BYTES));
    const kept = Math.min(this.#length, KEPT_BYTES - added.length);
    if (kept < this.#length || added.length < bytes.length) this.#isCut = true;
    this.#bytes.copyWithin(0, this.#length - kept, this.#length);
    this.#bytes.set(added, kept);
    this.#length = kept + added.length;
  }

  /** Forgets what was written. */
  reset(): void {
    this.#length = 0;
    this.#isCut = false;
  }

  /** The last lines that are not empty; no text where there are none. */
  lastLines(): string {
    const text = new TextDecoder().decode(this.#bytes.subarray(0, this.#length));
    const lines = text.split("\n").map((line) => line.trimEnd());
    // The first line is not all there.
    const whole = this.#isCut && lines.length > 1 ? lines.slice(1) : lines;
    return whole.filter((line) => line !== "").slice(-MOST_LINES).join("\n");
  }
}

/** Size of the first piece of memory, in bytes. */
const FIRST_CAPACITY = 256;

/** Bytes that pile up, in one piece of memory however small the parts are that they come in. */
export class ByteBuffer {
  #bytes = new Uint8Array(0);
  #length = 0;

  /** How many bytes there are. */
  get length(): number {
    return this.#length;
  }

  /** Adds a copy of some bytes. */
  add(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#bytes.length) this.#grow(length);
    this.#bytes.set(bytes, this.#length);
    this.#length = length;
  }

  /** The bytes, where they lie: valid until the next change. */
  view(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Forgets the bytes, and gives back memory that is more than a little. */
  clear(): void {
    this.#length = 0;
    if (this.#bytes.length > KEPT_CAPACITY) this.#bytes = new Uint8Array(0);
  }

  #grow(length: number): void {
    const grown = new Uint8Array(Math.max(length, 2 * this.#bytes.length, FIRST_CAPACITY));
    grown.set(this.view());
    this.#bytes = grown;
  }
}

/** Most bytes of memory that an empty buffer keeps for the next use. */
const KEPT_CAPACITY = 65_536;

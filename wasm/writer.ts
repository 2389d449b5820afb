const TEXT = new TextEncoder();

/** A growing byte buffer that writes what a module is made of. */
export class Writer {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** @param capacity Bytes to set aside at first. */
  constructor(capacity = 64) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  /** A copy of what was written. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  /** What was written, without a copy: valid until the next write. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** One byte. */
  byte(value: number): this {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
    return this;
  }

  /** Bytes as they are. */
  raw(bytes: ArrayLike<number>): this {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** The bytes of `source` from `start` to `end`. */
  range(source: Uint8Array, start: number, end: number): this {
    if (end > start) this.raw(source.subarray(start, end));
    return this;
  }

  /** An unsigned LEB128 integer below 2^32. */
  u32(value: number): this {
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return this.byte(rest);
  }

  /** A signed LEB128 integer: any safe integer. */
  signed(value: number): this {
    let rest = value;
    for (;;) {
      const low = ((rest % 128) + 128) % 128;
      rest = (rest - low) / 128;
      const done = (rest === 0 && low < 0x40) || (rest === -1 && low >= 0x40);
      this.byte(done ? low : low | 0x80);
      if (done) return this;
    }
  }

  /** A name: its length in bytes, then UTF-8. */
  name(text: string): this {
    const bytes = TEXT.encode(text);
    return this.u32(bytes.length).raw(bytes);
  }

  /** What `other` holds, after its length. */
  sized(other: Writer): this {
    return this.u32(other.length).raw(other.view());
  }

  /** A section: its id, its size, its content. */
  section(id: number, content: Writer): this {
    return this.byte(id).sized(content);
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.view());
    this.#bytes = larger;
  }
}

const TEXT = new TextEncoder();

/** Up to this many bytes a loop is faster than making a view. */
const SHORT = 32;

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

  /** Forgets what was written and keeps the space. */
  clear(): this {
    this.#length = 0;
    return this;
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
    const count = bytes.length;
    this.#reserve(count);
    if (count > SHORT) this.#bytes.set(bytes, this.#length);
    else for (let at = 0; at < count; at++) this.#bytes[this.#length + at] = bytes[at] ?? 0;
    this.#length += count;
    return this;
  }

  /** The bytes of `source` from `start` to `end`. */
  range(source: Uint8Array, start: number, end: number): this {
    const count = end - start;
    if (count > SHORT) return this.raw(source.subarray(start, end));
    this.#reserve(count);
    for (let at = start; at < end; at++) this.#bytes[this.#length++] = source[at] ?? 0;
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

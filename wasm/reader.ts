import { malformed } from "./errors.ts";

const TEXT = new TextDecoder("utf-8", { fatal: true });

/**
 * A cursor over the bytes of a module.
 *
 * Integers are LEB128 as in the WebAssembly core specification 2.0, section 5.2.2; a read that leaves
 * the buffer, or an integer that is too long, throws `WasmFormatError`.
 */
export class Reader {
  readonly bytes: Uint8Array;
  /** Next byte to read. */
  position: number;
  /** First byte that may not be read. */
  readonly end: number;

  constructor(bytes: Uint8Array, position = 0, end: number = bytes.length) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  /** One byte. */
  byte(): number {
    const value = this.position < this.end ? this.bytes[this.position] : undefined;
    if (value === undefined) throw malformed("unexpected end", this.position);
    this.position++;
    return value;
  }

  /** An unsigned integer of at most 32 bits. */
  u32(): number {
    let result = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      if (shift === 28 && byte > 0x0f) break;
      result |= (byte & 0x7f) << shift;
      if (byte < 0x80) return result >>> 0;
    }
    throw malformed("integer is longer than 32 bits", this.position);
  }

  /** A signed integer of at most 33 bits, as block types use. */
  s33(): number {
    let result = 0;
    let scale = 1;
    for (let count = 0; count < 5; count++) {
      const byte = this.byte();
      result += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte < 0x80) return byte & 0x40 ? result - scale : result;
    }
    throw malformed("integer is longer than 33 bits", this.position);
  }

  /** Passes over a signed or unsigned integer of at most `bits` bits. */
  skipLeb(bits: 32 | 64): void {
    const most = Math.ceil(bits / 7);
    for (let count = 0; count < most; count++) {
      if (this.byte() < 0x80) return;
    }
    throw malformed(`integer is longer than ${bits} bits`, this.position);
  }

  /** Passes over `count` bytes. */
  skip(count: number): void {
    if (count > this.end - this.position) throw malformed("unexpected end", this.position);
    this.position += count;
  }

  /** A name: its length in bytes, then UTF-8. */
  name(): string {
    const length = this.u32();
    const start = this.position;
    this.skip(length);
    try {
      return TEXT.decode(this.bytes.subarray(start, this.position));
    } catch (cause) {
      throw Object.assign(malformed("a name is not UTF-8", start), { cause });
    }
  }
}

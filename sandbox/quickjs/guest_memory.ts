import type { Pointer } from "./abi.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Texts up to this many characters are copied by a loop, which beats a call into the host. */
const SHORT_TEXT = 128;

/** Reads and writes texts and numbers in a guest's memory, and reports every byte it writes. */
export class GuestMemory {
  readonly #memory: WebAssembly.Memory;
  #reportWrite: (address: Pointer, length: number) => void = () => {};
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView<ArrayBuffer>;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
    const buffer = memory.buffer as ArrayBuffer;
    this.#bytes = new Uint8Array(buffer);
    this.#view = new DataView(buffer);
  }

  /** From now on `report` is told which bytes the host wrote. */
  reportWritesTo(report: (address: Pointer, length: number) => void): void {
    this.#reportWrite = report;
  }

  /** Must be called when the memory grew: the old buffer is detached then. */
  refresh(): void {
    const buffer = this.#memory.buffer as ArrayBuffer;
    this.#bytes = new Uint8Array(buffer);
    this.#view = new DataView(buffer);
  }

  /**
   * Writes UTF-8 and a zero byte.
   *
   * @param capacity bytes that there are at `address`.
   * @returns whether the text fitted; if not, what is at `address` is undefined.
   */
  writeText(address: Pointer, capacity: number, text: string): boolean {
    if (text.length >= capacity) return false;
    const written = this.#writeShort(address, text) ?? this.#writeLong(address, capacity, text);
    if (written === undefined) return false;
    this.#bytes[address + written] = 0;
    this.#reportWrite(address, written + 1);
    return true;
  }

  #writeShort(address: Pointer, text: string): number | undefined {
    const length = text.length;
    if (length > SHORT_TEXT) return undefined;
    const bytes = this.#bytes;
    for (let index = 0; index < length; index++) {
      const unit = text.charCodeAt(index);
      if (unit > 127) return undefined;
      bytes[address + index] = unit;
    }
    return length;
  }

  #writeLong(address: Pointer, capacity: number, text: string): number | undefined {
    const target = this.#bytes.subarray(address, address + capacity - 1);
    const { read, written } = encoder.encodeInto(text, target);
    if (read === text.length) return written;
    this.#reportWrite(address, written);
    return undefined;
  }

  /** Writes bytes and a zero byte. */
  writeBytes(address: Pointer, bytes: Uint8Array): void {
    this.#bytes.set(bytes, address);
    this.#bytes[address + bytes.length] = 0;
    this.#reportWrite(address, bytes.length + 1);
  }

  /** Bytes before the next zero byte. */
  textLength(address: Pointer): number {
    const end = this.#bytes.indexOf(0, address);
    return (end < 0 ? this.#bytes.length : end) - address;
  }

  /** Reads UTF-8 of a known length. */
  readText(address: Pointer, length: number): string {
    return decoder.decode(this.#bytes.subarray(address, address + length));
  }

  /** Reads UTF-8 up to the next zero byte. */
  readTerminatedText(address: Pointer): string {
    const bytes = this.#bytes;
    let text = "";
    for (let index = 0; index <= SHORT_TEXT; index++) {
      const byte = bytes[address + index];
      if (byte === 0) return text;
      if (byte === undefined || byte > 127) break;
      text += String.fromCharCode(byte);
    }
    return this.readText(address, this.textLength(address));
  }

  /** Reads a 32-bit number. */
  readUint32(address: Pointer): number {
    return this.#view.getUint32(address, true);
  }

  /** Writes a 32-bit number. */
  writeUint32(address: Pointer, value: number): void {
    this.#view.setUint32(address, value, true);
    this.#reportWrite(address, 4);
  }

  /** Writes four 32-bit numbers, one behind the other. */
  writeWords(address: Pointer, first: number, second: number, third: number, fourth: number): void {
    const view = this.#view;
    view.setUint32(address, first, true);
    view.setUint32(address + 4, second, true);
    view.setUint32(address + 8, third, true);
    view.setUint32(address + 12, fourth, true);
    this.#reportWrite(address, 16);
  }

  /** Writes a 64-bit number. */
  writeBigInt64(address: Pointer, value: bigint): void {
    this.#view.setBigInt64(address, value, true);
    this.#reportWrite(address, 8);
  }
}

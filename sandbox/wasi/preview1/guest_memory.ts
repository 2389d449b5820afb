import { fail } from "./errno.ts";
import { FUEL_PER_WRITE } from "./prices.ts";

/** What a view on a guest's memory needs of the guest. */
export interface MemoryOwner {
  /** The guest's memory; undefined where it has none. */
  memory(): WebAssembly.Memory | undefined;
  /** Hears which bytes the host wrote: images depend on it. */
  wrote(memory: WebAssembly.Memory, address: number, length: number): void;
  /** Takes fuel; throws through the guest where it is gone. */
  spend(units: number): void;
}

/**
 * A guest's memory as the functions of WASI use it. Every access is checked: one that is out of bounds ends the
 * function with `EFAULT`. Every write is told, and costs fuel, its bytes apart.
 *
 * Addresses and lengths are unsigned numbers below 2^32.
 */
export class GuestMemory {
  readonly #owner: MemoryOwner;
  #memory: WebAssembly.Memory | undefined;
  /** All of the memory; growing detaches it. */
  #bytes: Uint8Array = new Uint8Array();
  #view: DataView = new DataView(this.#bytes.buffer);

  constructor(owner: MemoryOwner) {
    this.#owner = owner;
  }

  /** Refuses a range that is not all inside of the memory. */
  check(address: number, length: number): void {
    this.#refresh();
    if (address + length > this.#bytes.length) fail("fault");
  }

  /** The bytes of a range, where they lie: to be read at once, and not to be written. */
  bytes(address: number, length: number): Uint8Array {
    this.check(address, length);
    return this.#bytes.subarray(address, address + length);
  }

  /** A 16-bit number. */
  readU16(address: number): number {
    this.check(address, 2);
    return this.#view.getUint16(address, true);
  }

  /** A 32-bit number. */
  readU32(address: number): number {
    this.check(address, 4);
    return this.#view.getUint32(address, true);
  }

  /** A 64-bit number. */
  readU64(address: number): bigint {
    this.check(address, 8);
    return this.#view.getBigUint64(address, true);
  }

  /** Writes a 32-bit number. */
  writeU32(address: number, value: number): void {
    this.check(address, 4);
    this.#view.setUint32(address, value, true);
    this.#told(address, 4);
  }

  /** Writes a 64-bit number. */
  writeU64(address: number, value: bigint): void {
    this.check(address, 8);
    this.#view.setBigUint64(address, value, true);
    this.#told(address, 8);
  }

  /** Writes bytes. */
  write(address: number, bytes: Uint8Array): void {
    this.check(address, bytes.length);
    this.#bytes.set(bytes, address);
    this.#told(address, bytes.length);
  }

  /** A range to be written at once: it is told as written, and all zero. */
  record(address: number, length: number): DataView {
    const bytes = this.writable(address, length).fill(0);
    return new DataView(bytes.buffer, address, length);
  }

  /** A range to be written at once: it is told as written. */
  writable(address: number, length: number): Uint8Array {
    const bytes = this.bytes(address, length);
    this.#told(address, length);
    return bytes;
  }

  #told(address: number, length: number): void {
    if (this.#memory) this.#owner.wrote(this.#memory, address, length);
    this.#owner.spend(FUEL_PER_WRITE);
  }

  #refresh(): void {
    this.#memory ??= this.#owner.memory();
    const buffer = this.#memory?.buffer;
    if (buffer === undefined || buffer === this.#bytes.buffer) return;
    this.#bytes = new Uint8Array(buffer);
    this.#view = new DataView(buffer);
  }
}

import { ComponentTrap } from "../errors.ts";
import type { Store } from "../store.ts";

/**
 * A core memory as the canonical ABI sees it: every access is checked, and views follow its growth.
 *
 * A growing memory detaches its buffer, so that no view may be kept over a call into the guest.
 */
export class GuestMemory {
  readonly memory: WebAssembly.Memory;
  readonly #store: Store;
  #bytes: Uint8Array = new Uint8Array();
  #view: DataView = new DataView(new ArrayBuffer(0));

  constructor(memory: WebAssembly.Memory, store: Store) {
    this.memory = memory;
    this.#store = store;
  }

  /** The bytes, until the guest runs again. */
  get bytes(): Uint8Array {
    this.#refresh();
    return this.#bytes;
  }

  /** The bytes as numbers, until the guest runs again. */
  get view(): DataView {
    this.#refresh();
    return this.#view;
  }

  #refresh(): void {
    const { buffer } = this.memory;
    if (this.#view.buffer === buffer) return;
    this.#bytes = new Uint8Array(buffer);
    this.#view = new DataView(buffer);
  }

  /** Checks a range that the guest names; a trap where it is not aligned or leaves the memory. */
  check(address: number, length: number, align: number): void {
    if (address % align !== 0) {
      throw new ComponentTrap(
        `hands out the address ${address}, which is not a multiple of ${align}`,
      );
    }
    if (address + length > this.memory.buffer.byteLength) {
      throw new ComponentTrap(
        `hands out ${length} bytes at ${address}, beyond the end of its memory`,
      );
    }
  }

  /** Tells that a checked range is about to be written: told first, it holds also if writing is broken off. */
  writing(address: number, length: number): void {
    if (length > 0) this.#store.wrote(this.memory, address, length);
  }
}

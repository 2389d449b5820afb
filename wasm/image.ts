import { WASM_PAGE_BYTES } from "./layout.ts";

/** Bytes of a page of the dirty map. */
export const PAGE_BYTES = 4096;

/** A page in 32-bit words. */
const PAGE_WORDS = PAGE_BYTES / 4;

/** Where the dirty map of a memory lies: a byte for each page of 4 KiB. */
export interface DirtyMapPlace {
  memory: WebAssembly.Memory;
  address: number;
  /** Whether it lies in the guest's own memory, where the guest could write it. */
  isExposed: boolean;
}

/**
 * A memory as it was at one moment: the pages that were not all zero.
 *
 * Restoring costs what was written since, as the dirty map tells, and not what the image weighs.
 */
export class MemoryImage {
  readonly #memory: WebAssembly.Memory;
  readonly #place: DirtyMapPlace;
  readonly #byteLength: number;
  /** The memory's bytes; growing detaches them, even growing by nothing. */
  #bytes: Uint8Array;
  #map: Uint8Array;
  /** The map, eight pages a word: compared with zero only. */
  #words: Float64Array;
  /** For each page its bytes, or undefined where they are all zero. */
  readonly #pages: (Uint8Array | undefined)[] = [];
  readonly #resident: number;

  /**
   * Takes the image and clears the dirty map.
   *
   * @param memory The guest's memory.
   * @param place Where its dirty map lies.
   */
  constructor(memory: WebAssembly.Memory, place: DirtyMapPlace) {
    this.#memory = memory;
    this.#place = place;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#byteLength = this.#bytes.length;
    const pages = this.#byteLength / PAGE_BYTES;
    this.#map = new Uint8Array(place.memory.buffer, place.address, pages);
    this.#words = new Float64Array(place.memory.buffer, place.address, pages >> 3);
    this.#map.fill(0);
    this.#capturePages(pages);
    this.#resident = this.#pages.reduce((sum, page) => sum + (page ? PAGE_BYTES : 0), 0);
  }

  /**
   * Whether a reset could not be exact: the memory has another size than in the image, or the guest wrote
   * into the dirty map, which no sound guest does.
   */
  get isStale(): boolean {
    return this.#memory.buffer.byteLength !== this.#byteLength || this.#isMapWritten();
  }

  /**
   * Bytes in use: pages that were not zero in the image, and those marked as written since.
   *
   * The figure depends on the guest alone; a memory that grew counts what it grew by in full.
   */
  residentBytes(): number {
    this.#refreshViews();
    let resident = this.#resident + this.#memory.buffer.byteLength - this.#byteLength;
    this.#eachMarked((page) => {
      if (this.#pages[page] === undefined) resident += PAGE_BYTES;
    });
    return resident;
  }

  /** Puts back every page that was written since the image was taken. It must not be stale. */
  restore(): void {
    this.#refreshViews();
    this.#eachMarked((page) => {
      this.#restorePage(page);
      // A mark stands for its page and the next.
      if (this.#map[page + 1] !== 1) this.#restorePage(page + 1);
      this.#map[page] = 0;
    });
  }

  #refreshViews(): void {
    if (this.#bytes.buffer === this.#memory.buffer) return;
    this.#bytes = new Uint8Array(this.#memory.buffer);
    const { memory, address } = this.#place;
    this.#map = new Uint8Array(memory.buffer, address, this.#byteLength / PAGE_BYTES);
    this.#words = new Float64Array(memory.buffer, address, this.#map.length >> 3);
  }

  /** A store leaves its mark after it wrote: one into the map marks the map's own pages, or the one below. */
  #isMapWritten(): boolean {
    if (!this.#place.isExposed) return false;
    this.#refreshViews();
    const first = Math.floor(this.#place.address / PAGE_BYTES) - 1;
    const last = Math.floor((this.#place.address + this.#map.length) / PAGE_BYTES);
    for (let page = first; page <= last; page++) {
      if (this.#map[page] !== 0) return true;
    }
    return false;
  }

  #restorePage(page: number): void {
    const start = page * PAGE_BYTES;
    const saved = this.#pages[page];
    if (saved) this.#bytes.set(saved, start);
    else if (start < this.#byteLength) this.#bytes.fill(0, start, start + PAGE_BYTES);
  }

  #eachMarked(visit: (page: number) => void): void {
    const words = this.#words;
    for (let word = 0; word < words.length; word++) {
      if (words[word] === 0) continue;
      for (let page = word * 8; page < word * 8 + 8; page++) {
        if (this.#map[page] !== 0) visit(page);
      }
    }
  }

  #capturePages(pages: number): void {
    const words = new Uint32Array(this.#bytes.buffer);
    for (let page = 0; page < pages; page++) {
      const first = page * PAGE_WORDS;
      let at = first;
      while (at < first + PAGE_WORDS && words[at] === 0) at++;
      const isZero = at === first + PAGE_WORDS;
      this.#pages.push(
        isZero ? undefined : this.#bytes.slice(page * PAGE_BYTES, (page + 1) * PAGE_BYTES),
      );
    }
  }
}

/** Marks pages as written, for bytes that the host itself wrote. */
export function markWritten(place: DirtyMapPlace, address: number, length: number): void {
  if (length <= 0) return;
  const first = Math.floor(address / PAGE_BYTES);
  const last = Math.floor((address + length - 1) / PAGE_BYTES);
  new Uint8Array(place.memory.buffer, place.address).fill(1, first, last + 1);
}

/** The elements of a table at one moment. */
export class TableImage {
  readonly #table: WebAssembly.Table;
  readonly #elements: ReturnType<WebAssembly.Table["get"]>[];

  constructor(table: WebAssembly.Table) {
    this.#table = table;
    this.#elements = Array.from({ length: table.length }, (_, index) => table.get(index));
  }

  /** Whether the table has grown since, which nothing can undo. */
  get isStale(): boolean {
    return this.#table.length !== this.#elements.length;
  }

  /** Puts the elements back. */
  restore(): void {
    this.#elements.forEach((element, index) => this.#table.set(index, element));
  }
}

/** Pages of 64 KiB that hold `bytes`. */
export function wasmPages(bytes: number): number {
  return Math.ceil(bytes / WASM_PAGE_BYTES);
}

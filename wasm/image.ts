/** Bytes of a page of the dirty map. */
export const PAGE_BYTES = 4096;

/** A page in 32-bit words. */
const PAGE_WORDS = PAGE_BYTES / 4;

/**
 * A memory as it was at one moment: the pages that were not all zero.
 *
 * Restoring costs what was written since, as the dirty map tells, and not what the image weighs.
 */
export class MemoryImage {
  readonly #memory: WebAssembly.Memory;
  readonly #byteLength: number;
  /** The memory's bytes; growing detaches them, even growing by nothing. */
  #bytes: Uint8Array;
  readonly #map: Uint8Array;
  /** The map, eight pages a word: compared with zero only. */
  readonly #words: Float64Array;
  /** For each page its bytes, or undefined where they are all zero. */
  readonly #pages: (Uint8Array | undefined)[] = [];
  readonly #resident: number;
  /** What the map says, as long as it has not changed. */
  #marked: readonly number[] | undefined;

  /**
   * Takes the image and clears the dirty map.
   *
   * @param memory The guest's memory.
   * @param dirty The memory that holds its dirty map: a byte for each page of 4 KiB.
   * @param dataEnd Behind this address all is zero but what the map, or the image before, tells of. So a
   * large memory of which little is used is not looked through, which would also make it resident.
   * @param before The image that was taken before.
   */
  constructor(
    memory: WebAssembly.Memory,
    dirty: WebAssembly.Memory,
    dataEnd: number,
    before?: MemoryImage,
  ) {
    this.#memory = memory;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#byteLength = this.#bytes.length;
    const pages = this.#byteLength / PAGE_BYTES;
    this.#map = new Uint8Array(dirty.buffer, 0, pages);
    this.#words = new Float64Array(dirty.buffer, 0, pages >> 3);
    for (let page = 0; page < pages; page++) {
      const mayHold = page * PAGE_BYTES < dataEnd || before?.holds(page) ||
        this.#map[page] !== 0 || (page > 0 && this.#map[page - 1] !== 0);
      this.#pages.push(mayHold ? this.#copyPage(page) : undefined);
    }
    this.#map.fill(0);
    this.#resident = this.#pages.reduce((sum, page) => sum + (page ? PAGE_BYTES : 0), 0);
  }

  /** Whether a page was not all zero. */
  holds(page: number): boolean {
    return this.#pages[page] !== undefined;
  }

  /** Whether the memory has another size than in the image, which nothing can undo. */
  get isStale(): boolean {
    return this.#memory.buffer.byteLength !== this.#byteLength;
  }

  /**
   * Bytes in use: pages that were not zero in the image, and those marked as written since.
   *
   * The figure depends on the guest alone; a memory that grew counts what it grew by in full.
   */
  residentBytes(): number {
    const grown = this.#memory.buffer.byteLength - this.#byteLength;
    const written = this.#markedPages().filter((page) => this.#pages[page] === undefined);
    return this.#resident + grown + written.length * PAGE_BYTES;
  }

  /** Puts back every page that was written since the image was taken. It must not be stale. */
  restore(): void {
    if (this.#bytes.buffer !== this.#memory.buffer) {
      this.#bytes = new Uint8Array(this.#memory.buffer);
    }
    for (const page of this.#markedPages()) {
      this.#restorePage(page);
      // A mark stands for its page and the next.
      if (this.#map[page + 1] !== 1) this.#restorePage(page + 1);
      this.#map[page] = 0;
    }
    this.#marked = [];
  }

  /** Tells that the map may have changed. */
  mayHaveChanged(): void {
    this.#marked = undefined;
  }

  /** Marked pages in ascending order. Looking through the map is dear, so it is done once a run. */
  #markedPages(): readonly number[] {
    this.#marked ??= this.#findMarked();
    return this.#marked;
  }

  #restorePage(page: number): void {
    const start = page * PAGE_BYTES;
    const saved = this.#pages[page];
    if (saved) this.#bytes.set(saved, start);
    else if (start < this.#byteLength) this.#bytes.fill(0, start, start + PAGE_BYTES);
  }

  #findMarked(): number[] {
    const words = this.#words;
    const marked: number[] = [];
    for (let word = 0; word < words.length; word++) {
      if (words[word] === 0) continue;
      for (let page = word * 8; page < word * 8 + 8; page++) {
        if (this.#map[page] !== 0) marked.push(page);
      }
    }
    return marked;
  }

  /** A copy of a page, or undefined where it is all zero. */
  #copyPage(page: number): Uint8Array | undefined {
    const start = page * PAGE_BYTES;
    const words = new Uint32Array(this.#bytes.buffer, start, PAGE_WORDS);
    if (words.every((word) => word === 0)) return undefined;
    return this.#bytes.slice(start, start + PAGE_BYTES);
  }
}

/** Marks pages as written, for bytes that the host itself wrote. */
export function markWritten(dirty: WebAssembly.Memory, address: number, length: number): void {
  if (length <= 0) return;
  const first = Math.floor(address / PAGE_BYTES);
  const last = Math.floor((address + length - 1) / PAGE_BYTES);
  new Uint8Array(dirty.buffer).fill(1, first, last + 1);
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

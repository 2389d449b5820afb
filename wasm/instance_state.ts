import { type ControlFunctions, memoryExport, tableExport } from "./control_exports.ts";
import { markWritten, MemoryImage, TableImage } from "./image.ts";
import { type Layout, NAMES } from "./layout.ts";

/** Bits of what the guest's `changes` answers. */
const SEGMENT_DROPPED = 1;
const TABLE_WRITTEN = 2;

/** The state of one instance (memory, mutable globals, tables), and its image. */
export class InstanceState {
  /** The memory that this state answers for; undefined where there is none, or another one's. */
  readonly memory: WebAssembly.Memory | undefined;
  /** The dirty map that belongs to the memory. */
  readonly dirty: WebAssembly.Memory | undefined;
  readonly #control: ControlFunctions;
  #dataEnd: number;
  readonly #tables: WebAssembly.Table[];
  #image: MemoryImage | undefined;
  #tableImages: TableImage[] = [];

  /** @throws TypeError for a module not made by `meter`. */
  constructor(exports: WebAssembly.Exports, layout: Layout, control: ControlFunctions) {
    this.#control = control;
    this.#tables = layout.tables.map((index) => tableExport(exports, `${NAMES.table}${index}`));
    this.#dataEnd = layout.memory?.dataEnd ?? Infinity;
    if (layout.memory === null || layout.linked?.memory !== undefined) return;
    this.memory = memoryExport(exports, NAMES.memory);
    this.dirty = memoryExport(exports, NAMES.dirty);
  }

  /** Tells that another instance filled the memory up to an address when it was made; null for anywhere. */
  filledUpTo(address: number | null): void {
    this.#dataEnd = Math.max(this.#dataEnd, address ?? Infinity);
  }

  /** Takes the image. */
  capture(): void {
    this.#control.save();
    this.#tableImages = this.#tables.map((table) => new TableImage(table));
    if (this.memory === undefined || this.dirty === undefined) return;
    this.#image = new MemoryImage(this.memory, this.dirty, this.#dataEnd, this.#image);
  }

  /** Whether the image can be put back exactly: nothing grew, and no segment was dropped. */
  canRestore(): boolean {
    const changes = this.#control.changes();
    if (changes & SEGMENT_DROPPED || this.#image?.isStale) return false;
    return !(changes & TABLE_WRITTEN && this.#tableImages.some((image) => image.isStale));
  }

  /** Puts the image back; only where {@linkcode canRestore} says so. */
  restore(): void {
    if (this.#control.changes() & TABLE_WRITTEN) {
      for (const image of this.#tableImages) image.restore();
    }
    this.#image?.restore();
    this.#control.restore();
  }

  /** Tells that guest code may have written memory. */
  mayHaveChanged(): void {
    this.#image?.mayHaveChanged();
  }

  /** Tells which bytes the host wrote. */
  wrote(address: number, length: number): void {
    if (this.dirty) markWritten(this.dirty, address, length);
    this.#image?.mayHaveChanged();
  }

  /** Bytes of memory in use: what the image holds and what was written since. Deterministic. */
  residentBytes(): number {
    return this.#image?.residentBytes() ?? this.memory?.buffer.byteLength ?? 0;
  }
}

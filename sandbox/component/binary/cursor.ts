import { Reader } from "../../../wasm/reader.ts";
import { malformed, unsupported } from "../errors.ts";
import { ReadingBudget } from "./budget.ts";
import { type AnySort, type CoreSort, type Sort, type SortIndex, SORTS } from "./definitions.ts";
import { isLabel } from "./labels.ts";
import type { Spaces } from "./spaces.ts";

/** Most bytes of a name of the component's own, with its version: those of WASI have some sixty. */
const MOST_NAME_BYTES = 1000;

/** Most bytes of a name that a core module gives, which may hold a mangled type: what engines allow. */
const MOST_CORE_NAME_BYTES = 100_000;

const CORE_SORTS: Partial<Record<number, CoreSort>> = {
  0x00: "core function",
  0x01: "core table",
  0x02: "core memory",
  0x03: "core global",
  0x04: "core tag",
  0x10: "core type",
  0x11: "core module",
  0x12: "core instance",
};

/** Reads the small parts that all sections are made of. */
export class Cursor extends Reader {
  readonly #budget: ReadingBudget;

  constructor(
    bytes: Uint8Array,
    position = 0,
    end: number = bytes.length,
    budget = new ReadingBudget(),
  ) {
    super(bytes, position, end);
    this.#budget = budget;
  }

  /** A part of the same file. */
  part(length: number): Cursor {
    const start = this.position;
    this.skip(length);
    return new Cursor(this.bytes, start, start + length, this.#budget);
  }

  /** The length of a vector; every element takes at least a byte. */
  count(what: string): number {
    const at = this.position;
    const count = this.u32();
    if (count > this.end - this.position) {
      throw malformed(`${count} ${what} cannot fit into what is left of the section`, at);
    }
    return count;
  }

  /** Takes another part of the file, before it is read: see {@linkcode ReadingBudget}. */
  takePart(): void {
    this.#budget.take(this.position);
  }

  /** A vector of at most `most` elements. */
  vector<T>(what: string, readOne: (index: number) => T, most = Infinity): T[] {
    const at = this.position;
    const count = this.count(what);
    if (count > most) throw unsupported(`${count} ${what} (at most ${most} are taken)`, at);
    const all: T[] = [];
    for (let index = 0; index < count; index++) {
      this.takePart();
      all.push(readOne(index));
    }
    return all;
  }

  /** A byte that must have a certain value. */
  expect(value: number, what: string): void {
    const at = this.position;
    const byte = this.byte();
    if (byte !== value) throw malformed(`0x${byte.toString(16)} is no ${what}`, at);
  }

  /** A byte that says whether something follows. */
  optional<T>(readOne: () => T): T | null {
    const at = this.position;
    const byte = this.byte();
    if (byte > 1) {
      throw malformed(`0x${byte.toString(16)} says neither that something follows nor not`, at);
    }
    return byte === 1 ? readOne() : null;
  }

  /** A name of bounded length. */
  boundedName(): string {
    return this.#nameOf(MOST_NAME_BYTES);
  }

  /** A name that is that of an import or export of a core module, of bounded length. */
  coreName(): string {
    return this.#nameOf(MOST_CORE_NAME_BYTES);
  }

  #nameOf(most: number): string {
    const at = this.position;
    const length = this.u32();
    if (length > most) throw unsupported(`a name of more than ${most} bytes`, at);
    this.position = at;
    return this.name();
  }

  /** The name of a field, case, parameter and the like. */
  label(): string {
    const at = this.position;
    const name = this.boundedName();
    if (!isLabel(name)) {
      throw malformed(`the name ${JSON.stringify(name)} is not in kebab case`, at);
    }
    return name;
  }

  /** The name of an import or export. */
  externName(): string {
    const at = this.position;
    const form = this.byte();
    if (form === 2) throw unsupported("names with a version suffix", at);
    if (form > 2) throw malformed(`unknown form 0x${form.toString(16)} of a name`, at);
    const name = this.boundedName();
    if (name === "") throw malformed("the name of an import or export is empty", at);
    return name;
  }

  /** A sort of core WebAssembly. */
  coreSort(): CoreSort {
    const at = this.position;
    const byte = this.byte();
    const sort = CORE_SORTS[byte];
    if (sort === undefined) throw malformed(`unknown core sort 0x${byte.toString(16)}`, at);
    return sort;
  }

  /** A sort. */
  sort(): AnySort {
    const at = this.position;
    const byte = this.byte();
    if (byte === 0) return this.coreSort();
    const sort: Sort | undefined = SORTS[byte - 1];
    if (sort === undefined) throw malformed(`unknown sort 0x${byte.toString(16)}`, at);
    if (sort === "value") throw unsupported("values that are imported, exported or defined", at);
    return sort;
  }

  /** An index that must be defined. */
  index(spaces: Spaces, sort: AnySort): number {
    const at = this.position;
    return spaces.check(sort, this.u32(), at);
  }

  /** An item of any sort that must be defined. */
  sortIndex(spaces: Spaces, sort: AnySort = this.sort()): SortIndex {
    return { sort, index: this.index(spaces, sort) };
  }
}

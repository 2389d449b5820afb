import { unsupported } from "./errors.ts";
import type { Reader } from "./reader.ts";

/**
 * Most entries of a section, and bytes of a name, where nothing else is said: well above what compilers make. An
 * entry takes some bytes of a file and some hundred of memory. Engines allow a million entries.
 */
const MOST_ENTRIES = 100_000;

/** Most functions that a module defines. */
export const MOST_FUNCTIONS = 150_000;

/** Most bytes of a function's body: what engines allow. */
export const MOST_BODY_BYTES = 7_654_321;

/**
 * Most edits of one function's code, and of all code: they wait in memory until the whole module is known, and
 * compilers make one in some twenty bytes.
 */
const MOST_EDITS = { function: 500_000, module: 2_000_000 };

/** @throws WasmFormatError where more is to be edited than {@linkcode MOST_EDITS}. */
export function checkEdits(count: number, of: keyof typeof MOST_EDITS, offset: number): void {
  if (count <= MOST_EDITS[of]) return;
  throw unsupported(`a ${of} with more than ${MOST_EDITS[of]} stretches of code`, offset);
}

/** Most parameters, and most results, of a function: what engines allow. */
export const MOST_PARAMETERS = 1000;

/** Most sections, custom ones included. */
const MOST_SECTIONS = 10_000;

/** Most bytes of the sections of types and of elements, where each byte may be a number that is kept. */
const MOST_SECTION_BYTES: Partial<Record<number, number>> = { 1: 2 ** 21, 9: 2 ** 23 };

/** @throws WasmFormatError for one section too many, or one that is too long. */
export function checkSection(earlier: number, id: number, bytes: number, offset: number): void {
  if (earlier >= MOST_SECTIONS) throw unsupported(`more than ${MOST_SECTIONS} sections`, offset);
  const most = MOST_SECTION_BYTES[id] ?? Infinity;
  if (bytes > most) throw unsupported(`a section ${id} of more than ${most} bytes`, offset);
}

/**
 * Reads the entries of a vector.
 *
 * @throws WasmFormatError for more than `most`, before any is read.
 */
export function repeat(
  reader: Reader,
  what: string,
  readOne: () => void,
  most: number = MOST_ENTRIES,
): void {
  const at = reader.position;
  const count = reader.u32();
  if (count > most) throw unsupported(`${count} ${what} (at most ${most} are taken)`, at);
  for (let index = 0; index < count; index++) readOne();
}

/** The name of an import or export, of bounded length. */
export function boundedName(reader: Reader): string {
  const at = reader.position;
  const length = reader.u32();
  if (length > MOST_ENTRIES) throw unsupported(`a name of more than ${MOST_ENTRIES} bytes`, at);
  reader.position = at;
  return reader.name();
}

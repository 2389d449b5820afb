import type { Writer } from "./writer.ts";

/** Bytes to put in, or a function that writes them once the whole module is known. */
export type Replacement = readonly number[] | ((into: Writer) => void);

interface Edit {
  start: number;
  end: number;
  replacement: Replacement;
}

/**
 * Insertions and replacements over a range of bytes. At one position insertions come first, in the
 * order in which they were made.
 *
 * Rewriting is a splice: what no edit touches is copied as it is.
 */
export class EditList {
  readonly #edits: Edit[] = [];

  /** Puts bytes in at a position. */
  insert(at: number, replacement: Replacement): void {
    this.replace(at, at, replacement);
  }

  /** Replaces the bytes from `start` to `end`. */
  replace(start: number, end: number, replacement: Replacement): void {
    this.#edits.push({ start, end, replacement });
  }

  /** Writes the range `start` to `end` of `source` with the edits made. */
  apply(source: Uint8Array, start: number, end: number, into: Writer): void {
    let position = start;
    for (const edit of this.#edits.sort(inOrder)) {
      into.range(source, position, edit.start);
      const { replacement } = edit;
      if (typeof replacement === "function") replacement(into);
      else into.raw(replacement);
      position = edit.end;
    }
    into.range(source, position, end);
  }
}

function inOrder(a: Edit, b: Edit): number {
  return a.start - b.start || a.end - b.end;
}

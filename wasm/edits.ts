import type { Writer } from "./writer.ts";

/** Bytes to put in, or a function that writes them once the whole module is known. */
export type Replacement = readonly number[] | ((into: Writer) => void);

/** One insertion or replacement. */
export interface Edit {
  start: number;
  end: number;
  replacement: Replacement;
}

const NOTHING: readonly number[] = [];

/**
 * Insertions and replacements over a range of bytes. At one position insertions come first, in the
 * order in which they were made.
 *
 * Rewriting is a splice: what no edit touches is copied as it is.
 */
export class EditList {
  #edits: Edit[] = [];

  /** Puts bytes in at a position. */
  insert(at: number, replacement: Replacement): Edit {
    const edit = { start: at, end: at, replacement };
    this.#edits.push(edit);
    return edit;
  }

  /** How many there are. */
  get count(): number {
    return this.#edits.length;
  }

  /** Takes an insertion back. */
  retract(edit: Edit): void {
    if (this.#edits.at(-1) === edit) this.#edits.pop();
    else edit.replacement = NOTHING;
  }

  /** Forgets what was taken back: it should not take memory until the whole module is known. */
  prune(): void {
    this.#edits = this.#edits.filter(({ replacement }) => replacement !== NOTHING);
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

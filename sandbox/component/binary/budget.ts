import { unsupported } from "../errors.ts";

/** Most parts of a file: each takes some hundred bytes of the host's memory, and may take one of the file. */
const MOST_PARTS = 500_000;

/** Counts what is read of one file, nested components included: before it takes any memory. */
export class ReadingBudget {
  #parts = 0;

  /**
   * Takes another part: a definition, or an element of one.
   *
   * @throws ComponentFormatError beyond the bound.
   */
  take(offset: number): void {
    this.#parts++;
    if (this.#parts > MOST_PARTS) {
      throw unsupported(`more than ${MOST_PARTS} definitions and their parts`, offset);
    }
  }
}

import type { Batch } from "../evaluate/batch.ts";

/** Milliseconds that a batch should take its node: long against what a message costs, short to lose. */
const TARGET_MS = 250;

/** Cases of the first batches, of which nobody knows how long they take. */
const FIRST_SIZE = 4;

/** Most cases of a batch, so that its results fit in a message. */
export const MOST_CASES = 256;

/** How much the newest batch counts in the mean. */
const NEWEST_COUNTS = 0.25;

/** How much larger than the one before a batch may be. */
const MOST_GROWTH = 2;

/**
 * Chooses how many cases a batch holds, from how long cases took so far. Results do not depend on the cut.
 */
export class BatchSize {
  #msPerCase: number | undefined;
  #size = FIRST_SIZE;

  /** Notes what a batch took its node, in milliseconds. */
  note({ start, end }: Batch, wallMs: number): void {
    const ms = wallMs / (end - start);
    this.#msPerCase = this.#msPerCase === undefined
      ? ms
      : this.#msPerCase + NEWEST_COUNTS * (ms - this.#msPerCase);
    const wanted = Math.floor(TARGET_MS / Math.max(this.#msPerCase, 1e-3));
    const most = Math.min(MOST_CASES, MOST_GROWTH * this.#size);
    this.#size = Math.max(1, Math.min(wanted, most));
  }

  /**
   * Cases of the next batch: fewer at the end of a run, so that all slots come to it at about the same time.
   *
   * @param left Cases that are in no batch yet; at least 1.
   * @param slots Batches that are executed at a time.
   */
  next(left: number, slots: number): number {
    const even = Math.ceil(left / (2 * Math.max(1, slots)));
    return Math.max(1, Math.min(this.#size, even, left));
  }
}

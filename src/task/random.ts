import type { Stream } from "./stream.ts";

const TWO_32 = 4294967296;
const TWO_53 = 9007199254740992;

/** The seeded generator that a relation's `transform` gets: the same case draws the same values. */
export class Random {
  readonly #stream: Stream;

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  /**
   * A uniform integer between two safe integers, both included.
   *
   * @throws {RangeError} When a bound is not a safe integer, or the range is empty or wider than 2^53.
   */
  int(min: number, max: number): number {
    const width = max - min;
    if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || width < 0 || width >= TWO_53) {
      throw new RangeError(
        `Cannot draw an integer as the bounds must be safe integers in order: current value is ${min} to ${max}`,
      );
    }
    return min + this.#below(width + 1);
  }

  /** A uniform number in 0 (included) to 1 (excluded), with 53 random bits. */
  float(): number {
    return this.#bits53() / TWO_53;
  }

  /** True or false, each as likely. */
  boolean(): boolean {
    return this.#stream.next() < 0;
  }

  /**
   * One element of a list, each as likely.
   *
   * @throws {RangeError} When the list is empty.
   */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("Cannot pick from a list as it must not be empty");
    return items[this.#below(items.length)] as T;
  }

  /** A new list with the same elements in a uniformly random order (Fisher and Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.#below(last + 1);
      const item = shuffled[last] as T;
      shuffled[last] = shuffled[other] as T;
      shuffled[other] = item;
    }
    return shuffled;
  }

  /**
   * A uniform integer in 0 (included) to `size` (excluded): takes as many random bits as `size - 1`
   * has, and draws anew where they are too large. (A remainder would be biased, and slow in QuickJS.)
   */
  #below(size: number): number {
    if (size > TWO_32) return this.#belowWide(size);
    const spare = Math.clz32(size - 1);
    if (spare === 32) return 0;
    const stream = this.#stream;
    for (;;) {
      const drawn = stream.next() >>> spare;
      if (drawn < size) return drawn;
    }
  }

  #belowWide(size: number): number {
    const fair = TWO_53 - (TWO_53 % size);
    for (;;) {
      const drawn = this.#bits53();
      if (drawn < fair) return drawn % size;
    }
  }

  #bits53(): number {
    const high = this.#stream.next() >>> 11;
    return high * TWO_32 + (this.#stream.next() >>> 0);
  }
}

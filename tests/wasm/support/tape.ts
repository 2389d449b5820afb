import * as fc from "fast-check";

/**
 * The choices that a random program is made from.
 *
 * A program is a function of its tape, so fast-check shrinks programs by shrinking tapes. Behind the
 * tape's end all choices are 0: the simplest.
 */
export class Tape {
  readonly #choices: readonly number[];
  #position = 0;

  constructor(choices: readonly number[]) {
    this.#choices = choices;
  }

  /** Whether all choices have been read. */
  get isSpent(): boolean {
    return this.#position >= this.#choices.length;
  }

  /** A number from 0 to `count - 1`. */
  below(count: number): number {
    const choice = this.#choices[this.#position++] ?? 0;
    return choice % count;
  }

  /** True once in `count` times; false behind the end. */
  oneIn(count: number): boolean {
    return this.below(count) === count - 1;
  }

  /** One of the options; the first behind the end. */
  pick<T>(options: readonly T[]): T {
    const option = options[this.below(options.length)];
    if (option === undefined) throw new RangeError("Cannot pick from no options");
    return option;
  }
}

/** Tapes of up to `length` choices. */
export function tapes(length: number): fc.Arbitrary<number[]> {
  return fc.array(fc.nat(0xffff), { minLength: 4, maxLength: length, size: "max" });
}

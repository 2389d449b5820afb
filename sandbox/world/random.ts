/** Rounds after seeding, until seeds that are nearly alike give unrelated numbers. */
const WARM_UP_ROUNDS = 15;

/** Four 32-bit numbers that a generator starts from. */
export type RandomSeed = readonly [number, number, number, number];

/**
 * Random bytes that depend on a seed alone: sfc32 by Chris Doty-Humphrey (PractRand), a word after the
 * other in little-endian order. What a guest asks for in whole is what it gets in parts.
 */
export class SeededRandom {
  readonly #state = new Uint32Array(4);
  /** The word that bytes are taken from, and how many of its bytes are left. */
  #word = 0;
  #left = 0;
  readonly #eight = new Uint8Array(8);
  readonly #eightView = new DataView(this.#eight.buffer);

  constructor() {
    this.seed([0, 0, 0, 0]);
  }

  /** Begins anew. */
  seed(seed: RandomSeed): void {
    this.#state.set(seed.map((word) => word >>> 0));
    this.#left = 0;
    for (let round = 0; round < WARM_UP_ROUNDS; round++) this.#round();
  }

  /** Fills an array. */
  fill(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length && this.#left > 0) bytes[at++] = this.#byte();
    for (; at + 4 <= bytes.length; at += 4) {
      const word = this.#round();
      bytes[at] = word;
      bytes[at + 1] = word >>> 8;
      bytes[at + 2] = word >>> 16;
      bytes[at + 3] = word >>> 24;
    }
    while (at < bytes.length) bytes[at++] = this.#byte();
  }

  /** The next 64 bits as an unsigned number. */
  uint64(): bigint {
    this.fill(this.#eight);
    return this.#eightView.getBigUint64(0, true);
  }

  #byte(): number {
    if (this.#left === 0) {
      this.#word = this.#round();
      this.#left = 4;
    }
    const byte = this.#word & 0xff;
    this.#word >>>= 8;
    this.#left -= 1;
    return byte;
  }

  #round(): number {
    const state = this.#state;
    const a = state[0] ?? 0;
    const b = state[1] ?? 0;
    const c = state[2] ?? 0;
    const sum = (a + b + (state[3] ?? 0)) >>> 0;
    // Storing into the array wraps each word to 32 bits.
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + sum;
    state[3] = (state[3] ?? 0) + 1;
    return sum;
  }
}

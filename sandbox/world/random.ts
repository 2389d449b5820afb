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
    for (let at = 0; at < bytes.length; at++) bytes[at] = this.#byte();
  }

  /** The next 64 bits as an unsigned number. */
  uint64(): bigint {
    const bytes = new Uint8Array(8);
    this.fill(bytes);
    return new DataView(bytes.buffer).getBigUint64(0, true);
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
    const [a = 0, b = 0, c = 0, d = 0] = this.#state;
    const sum = (a + b + d) >>> 0;
    // Storing into the array wraps each word to 32 bits.
    this.#state[0] = b ^ (b >>> 9);
    this.#state[1] = c + (c << 3);
    this.#state[2] = ((c << 21) | (c >>> 11)) + sum;
    this.#state[3] = d + 1;
    return sum;
  }
}

/** Four unsigned 32-bit integers, not all zero: the state of a {@linkcode Stream}. */
export type StreamSeed = [number, number, number, number];

/** One constant for each lane: the fractional digits of the square roots of 2, 3, 5 and 7. */
const LANES = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a] as const;

/** The 32-bit finaliser of MurmurHash3: a bijection in which every input bit reaches every output bit. */
function mix(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** Turns what a stream is for into a number: FNV-1a over the text's UTF-16 units. */
export function purposeOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * Derives an own random stream for one purpose of one case.
 *
 * Each of the four lanes is `mix(mix(mix(seed + LANE) + index) + purpose)` on unsigned 32-bit
 * integers. As `mix` is a bijection, no two cases of a run share a stream for the same purpose, and
 * at most one lane is zero. Integer operations only: the same on every engine.
 *
 * @param seed Seed of the run, an unsigned 32-bit integer.
 * @param index Index of the case, an unsigned 32-bit integer.
 * @param purpose From {@linkcode purposeOf}.
 */
export function streamSeed(seed: number, index: number, purpose: number): StreamSeed {
  const lane = (constant: number) => mix(mix(mix(seed + constant) + index) + purpose);
  return [lane(LANES[0]), lane(LANES[1]), lane(LANES[2]), lane(LANES[3])];
}

/**
 * A random stream: xoshiro128** by Blackman and Vigna ("Scrambled linear pseudorandom number
 * generators", ACM TOMS 47, 2021), in the shape that fast-check takes its generators in.
 */
export class Stream {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(seed: StreamSeed) {
    [this.#a, this.#b, this.#c, this.#d] = seed;
  }

  /** The next value, uniform in -0x80000000 to 0x7fffffff, both included. */
  next(): number {
    const product = Math.imul(this.#b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  /** An independent copy that goes on from the same state. */
  clone(): Stream {
    return new Stream(this.getState());
  }

  /** The state: what a copy is made of. */
  getState(): StreamSeed {
    return [this.#a, this.#b, this.#c, this.#d];
  }
}

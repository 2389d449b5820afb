/** Four unsigned 32-bit integers, not all zero: the state of a {@linkcode Stream}. */
export type StreamSeed = [number, number, number, number];

/** Looked up once: in QuickJS finding `Math.imul` takes longer than what it does. */
const { imul } = Math;

/** One constant for each lane: the fractional digits of the square roots of 2, 3, 5 and 7. */
const LANES = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a] as const;

/** The 32-bit finaliser of MurmurHash3: a bijection in which every input bit reaches every output bit. */
function mix(value: number): number {
  let bits = imul(value ^ (value >>> 16), 0x85ebca6b);
  bits = imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** Turns what a stream is for into a number: FNV-1a over the text's UTF-16 units. */
export function purposeOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

/** What all streams of one case have in common: see {@linkcode streamSeed}. */
export type CaseSeed = [number, number, number, number];

/**
 * Derives what the random streams of one case are made from.
 *
 * @param seed Seed of the run, an unsigned 32-bit integer.
 * @param index Index of the case, an unsigned 32-bit integer.
 */
export function caseSeed(seed: number, index: number): CaseSeed {
  const lane = (constant: number) => mix(mix(seed + constant) + index);
  return [lane(LANES[0]), lane(LANES[1]), lane(LANES[2]), lane(LANES[3])];
}

/**
 * Derives an own random stream for one purpose of one case.
 *
 * Each of the four lanes is `mix(mix(mix(seed + LANE) + index) + purpose)` on unsigned 32-bit
 * integers. As `mix` is a bijection, no two cases of a run share a stream for the same purpose, and
 * at most one lane is zero. Integer operations only: the same on every engine.
 *
 * @param purpose From {@linkcode purposeOf}.
 */
export function streamSeed(lanes: CaseSeed, purpose: number): StreamSeed {
  const [a, b, c, d] = lanes;
  return [mix(a + purpose), mix(b + purpose), mix(c + purpose), mix(d + purpose)];
}

/**
 * A random stream: xoshiro128** by Blackman and Vigna ("Scrambled linear pseudorandom number
 * generators", ACM TOMS 47, 2021), in the shape that fast-check takes its generators in.
 */
export class Stream {
  // Not `#` fields: in QuickJS those would make a draw a third slower, and a case takes hundreds.
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(seed: StreamSeed) {
    this.a = seed[0];
    this.b = seed[1];
    this.c = seed[2];
    this.d = seed[3];
  }

  /** The next value, uniform in -0x80000000 to 0x7fffffff, both included. */
  next(): number {
    const a = this.a;
    const b = this.b;
    const c = this.c ^ a;
    const d = this.d ^ b;
    this.a = a ^ d;
    this.b = b ^ c;
    this.c = c ^ (b << 9);
    this.d = (d << 11) | (d >>> 21);
    const product = imul(b, 5);
    return imul((product << 7) | (product >>> 25), 9);
  }

  /** An independent copy that goes on from the same state. */
  clone(): Stream {
    return new Stream(this.getState());
  }

  /** The state: what a copy is made of. */
  getState(): StreamSeed {
    return [this.a, this.b, this.c, this.d];
  }
}

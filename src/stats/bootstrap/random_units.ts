import { caseSeed, purposeOf, Stream, streamSeed } from "../../task/stream.ts";

/** The same one in every bootstrap: a run's seed then gives the same resamples to every statistic. */
const PURPOSE = purposeOf("bootstrap");

/** Turns 32 random bits into a fraction in `[0, 1)`. */
const TWO_TO_MINUS_32 = 2.3283064365386963e-10;

/**
 * The state of the bootstrap's random stream: that of the {@linkcode Stream} which the seed gives.
 *
 * @param seed An unsigned 32-bit integer.
 */
export function bootstrapState(seed: number): Int32Array {
  return Int32Array.from(new Stream(streamSeed(caseSeed(seed, 0), PURPOSE)).getState());
}

/**
 * Draws as many units as there are, with replacement, and counts how often each was drawn.
 *
 * The generator is xoshiro128**, step by step as in {@linkcode Stream}; here its state stays in four
 * local variables, which makes a draw several times faster. A draw `x` of 32 bits becomes the index
 * `floor(x * units / 2^32)`: for 100,000 units no index is likelier than another by more than one
 * part in 40,000.
 *
 * @param state Four 32-bit integers; moved on by one step a draw.
 * @param counts One number a unit; overwritten.
 */
export function drawUnits(state: Int32Array, counts: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  const units = counts.length;
  const scale = units * TWO_TO_MINUS_32;
  counts.fill(0);
  for (let draw = 0; draw < units; draw++) {
    const product = Math.imul(b, 5);
    const bits = Math.imul((product << 7) | (product >>> 25), 9);
    c ^= a;
    d ^= b;
    const shifted = b << 9;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    const unit = ((bits >>> 0) * scale) | 0;
    counts[unit] = (counts[unit] ?? 0) + 1;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}

import { parseJson } from "../../values/primordials.ts";

/** Random numbers that depend on a seed alone: sfc32 by Chris Doty-Humphrey (PractRand). */
export interface Random {
  /** Begins anew with four 32-bit numbers, given as a JSON array. */
  seed(text: string): void;
  /** A number from 0 up to but not including 1, with 53 random bits. */
  next(): number;
}

/** Rounds after seeding, until seeds that are nearly alike give unrelated numbers. */
const WARM_UP_ROUNDS = 15;

const TWO_TO_26 = 67_108_864;
const TWO_TO_53 = 9_007_199_254_740_992;

/** A generator seeded with zeros, as it is while user code loads. */
export function createRandom(): Random {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  // Most calls never ask for a random number, so what a seed costs is paid with the first one.
  let pending: string | undefined = "[0,0,0,0]";

  function start(text: string): void {
    const seeds = parseJson(text) as number[];
    a = (seeds[0] ?? 0) | 0;
    b = (seeds[1] ?? 0) | 0;
    c = (seeds[2] ?? 0) | 0;
    d = (seeds[3] ?? 0) | 0;
    for (let index = 0; index < WARM_UP_ROUNDS; index++) round();
  }

  function round(): number {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  return {
    seed(text) {
      pending = text;
    },
    next() {
      if (pending !== undefined) {
        start(pending);
        pending = undefined;
      }
      return ((round() >>> 5) * TWO_TO_26 + (round() >>> 6)) / TWO_TO_53;
    },
  };
}

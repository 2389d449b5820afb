/** Random numbers that depend on a seed alone: sfc32 by Chris Doty-Humphrey (PractRand). */
export interface Random {
  /** Begins anew with four numbers. */
  seed(a: number, b: number, c: number, d: number): void;
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
  // Most calls never ask for a random number, and warming up would cost each of them.
  let isWarm = false;

  function round(): number {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  return {
    seed(first, second, third, fourth) {
      a = first | 0;
      b = second | 0;
      c = third | 0;
      d = fourth | 0;
      isWarm = false;
    },
    next() {
      if (!isWarm) {
        for (let index = 0; index < WARM_UP_ROUNDS; index++) round();
        isWarm = true;
      }
      return ((round() >>> 5) * TWO_TO_26 + (round() >>> 6)) / TWO_TO_53;
    },
  };
}

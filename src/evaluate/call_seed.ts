import { caseSeed, purposeOf, streamSeed } from "../task/stream.ts";
import type { StreamSeed } from "../task/stream.ts";

const ARM = purposeOf("call");

/**
 * The seed of `Math.random` in one call of an arm: a function of the run's seed and what the arm is
 * called with. Both arms get the same one for the same input, and so does whoever calls again with that
 * input, be it as a follow-up, a shrunk case or a replay.
 *
 * @param seed Seed of the run.
 * @param inputDigest SHA-256 of the encoded input, in hexadecimal.
 * @param repetition Number of the repetition, from 0: each has other random numbers.
 */
export function armCallSeed(seed: number, inputDigest: string, repetition: number): StreamSeed {
  const [a, b, c, d] = caseSeed(seed, repetition);
  const word = (at: number) => Number.parseInt(inputDigest.slice(8 * at, 8 * at + 8), 16);
  return notAllZero(
    streamSeed([a + word(0), b + word(1), c + word(2), d + word(3)], ARM),
  );
}

/**
 * The seed of `Math.random` in a call of the task.
 *
 * @param call What the call is for, such as "plan".
 */
export function taskCallSeed(seed: number, index: number, call: string): StreamSeed {
  return streamSeed(caseSeed(seed, index), purposeOf(`call ${call}`));
}

/** A stream's state must not be all zero; the digest of no known input makes it so. */
function notAllZero(seed: StreamSeed): StreamSeed {
  return seed.every((word) => word === 0) ? [1, 0, 0, 0] : seed;
}

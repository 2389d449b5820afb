import { caseSeed, purposeOf, streamSeed } from "../task/stream.ts";
import type { StreamSeed } from "../task/stream.ts";

/**
 * The seed of `Math.random` in one call of a case. Both arms get the same one in the same call, so
 * that they run under identical conditions.
 *
 * @param seed Seed of the run.
 * @param index Index of the case.
 * @param call What the call is for: "source", "follow-up NAME", "plan", "judge".
 */
export function callSeed(seed: number, index: number, call: string): StreamSeed {
  return streamSeed(caseSeed(seed, index), purposeOf(`call ${call}`));
}

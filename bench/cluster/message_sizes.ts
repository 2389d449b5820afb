import { outcomeOf } from "../../src/cluster/outcome_message.ts";
import type { Sample } from "./sample.ts";

/** About as many bytes as a batch has: see BatchMessage. */
const BATCH_BYTES = 330;

/** What stands in a result besides its value: names, numbers, the node's key and signature. */
const AROUND_BYTES = 460;

/** Bytes of a batch, and of its result. */
export async function messageSizes(
  { resultsOf }: Sample,
  cases: number,
): Promise<{ message: number; answer: number }> {
  const outcome = await outcomeOf(resultsOf({ start: 0, end: cases }));
  return { message: BATCH_BYTES, answer: JSON.stringify(outcome).length + AROUND_BYTES };
}

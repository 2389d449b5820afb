import * as z from "zod";
import { type BatchMessage, idSchema, MESSAGE_VERSION } from "./messages.ts";

/** What stays where it is in all versions of a batch, so that who cannot read the rest can still answer. */
const laterBatchSchema = z.looseObject({
  v: z.int().min(MESSAGE_VERSION + 1),
  id: idSchema,
  run: idSchema,
  epoch: z.int().min(0).catch(0),
});

/** Of a batch that a later version of Cupel made, what an answer must name; nothing where it is none. */
export function readLaterBatch(
  bytes: Uint8Array,
): Pick<BatchMessage, "id" | "run" | "epoch"> | undefined {
  try {
    return laterBatchSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined; // It is no batch of any version.
  }
}

import * as z from "zod";
import { type BatchMessage, idSchema } from "./messages.ts";

/** What stays where it is in all versions of a batch, so that who cannot read the rest can still answer. */
const envelopeSchema = z.looseObject({
  v: z.int().min(1),
  id: idSchema,
  run: idSchema,
  epoch: z.int().min(0).catch(0),
});

/** Of a batch that cannot be read, what an answer must name; nothing where it is no batch of any version. */
export function readBatchEnvelope(
  bytes: Uint8Array,
): Pick<BatchMessage, "id" | "run" | "epoch"> | undefined {
  try {
    return envelopeSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
}

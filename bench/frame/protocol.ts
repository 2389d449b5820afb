import * as z from "zod";

/** What a variant's process says in the last line of its output. */
export const answerSchema = z.union([
  z.strictObject({ figures: z.record(z.string(), z.number()) }),
  z.strictObject({ notMeasured: z.string() }),
]);

/** One process's figures by row, or why there are none. */
export type Answer = z.infer<typeof answerSchema>;

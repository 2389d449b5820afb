import * as z from "zod";

const LENGTHS = "must have 1 to 200 characters";

/** What people call a run: `--run` of `cupel evaluate`. */
export const runNameSchema: z.ZodType<string, string> = z.string().min(1, LENGTHS)
  .max(200, LENGTHS);

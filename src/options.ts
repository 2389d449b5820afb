import * as z from "zod";
import { CupelError } from "./errors.ts";

/** The seed of a run or a call: an unsigned 32-bit integer; 42 if left out. */
export const SEED: z.ZodType<number, number | undefined> = z.int().min(0).max(4_294_967_295)
  .default(42);

/**
 * Parses what a caller of the library gives.
 *
 * @throws {CupelError} `bad-input`, naming the option.
 */
export function parseOptions<Output>(schema: z.ZodType<Output>, options: object): Output {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  const what = field === "" ? "these options" : `the option ${field}`;
  throw new CupelError("bad-input", `Cannot use ${what}: ${issue?.message}`);
}

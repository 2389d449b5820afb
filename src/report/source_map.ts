import * as z from "zod";
import { CupelError } from "../errors.ts";

/** What is read of a source map (ECMA-426), for which a report has no hash. */
const sourceMapSchema = z.looseObject({
  version: z.literal(3),
  sources: z.array(z.string().nullable()),
  names: z.array(z.string()),
  mappings: z.string(),
});

/** Most characters of any source map: that of some 10 MB of code. */
const MOST_MAP = 16 * 1024 * 1024;

/**
 * Most characters of the source map of a code. Mappings are decoded into objects of many times their
 * size, and no true one has more than a few characters for each of the code.
 */
function mostOfMap(codeLength: number): number {
  return Math.min(MOST_MAP, 64 * 1024 + 20 * codeLength);
}

/**
 * Gives a source map of a report back if it can be one.
 *
 * @param field Where it stands, for the message.
 * @throws {CupelError} `bad-input` where it is none, or too long for its code.
 */
export function checkSourceMap(field: string, text: string, codeLength: number): string {
  const most = mostOfMap(codeLength);
  if (text.length > most) {
    throw new CupelError(
      "bad-input",
      `Cannot use the report's ${field} as it must have at most ${most} characters for a code of ` +
        `${codeLength}: current value has ${text.length}`,
    );
  }
  let map: unknown;
  try {
    map = JSON.parse(text);
  } catch {
    map = undefined;
  }
  if (sourceMapSchema.safeParse(map).success) return text;
  throw new CupelError("bad-input", `Cannot use the report's ${field} as it must be a source map`);
}

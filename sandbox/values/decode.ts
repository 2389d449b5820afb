import { CodecError } from "./codec_error.ts";
import { MAX_DEPTH, MAX_NESTING } from "./format.ts";
import { isNestedDeeper } from "./nesting.ts";
import { revive } from "./revive.ts";
import type { Value } from "./value.ts";

/** Whether a text has tags; without them it is plain JSON, which `JSON.parse` alone can read. */
export function hasTags(text: string): boolean {
  return text.includes('"$"');
}

/**
 * Reads the text that `encode` writes. The text may come from a hostile guest.
 *
 * @throws {CodecError} for text that is not in the format, with the path to the part at fault.
 */
export function decode(text: string): Value {
  const tagged = hasTags(text);
  if (isNestedDeeper(text, tagged ? MAX_NESTING : MAX_DEPTH)) {
    throw new CodecError("it is more than " + MAX_DEPTH + " containers deep");
  }
  const parsed = parse(text);
  return tagged ? revive(parsed) : parsed;
}

function parse(text: string): Value {
  try {
    return JSON.parse(text);
  } catch {
    // What the engine says of it is worded differently by each, and reports must not differ.
    throw new CodecError("it is not JSON");
  }
}

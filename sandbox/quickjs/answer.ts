import type { Limits } from "../limits.ts";
import type { Failure } from "../outcome.ts";
import { CodecError } from "../values/codec_error.ts";
import { decode } from "../values/decode.ts";
import type { Value } from "../values/value.ts";
import { failureOfAnswer, isFailed } from "./failures.ts";

/** Most bytes of UTF-8 that a UTF-16 unit can take. */
const MAX_BYTES_PER_UNIT = 3;

/** What a call's answer stands for. The text may come from a corrupted guest and is not trusted. */
export function parseAnswer(
  answer: string,
  limits: Limits,
): { ok: true; value: Value } | { ok: false; failure: Failure } {
  if (isFailed(answer)) return { ok: false, failure: failureOfAnswer(answer) };
  if (isLarger(answer, limits.outputBytes)) {
    return badOutput(`the result's text is longer than ${limits.outputBytes} bytes`);
  }
  try {
    return { ok: true, value: decode(answer) };
  } catch (error) {
    if (!CodecError.is(error)) throw error;
    return badOutput(error.message);
  }
}

function isLarger(text: string, bytes: number): boolean {
  if (text.length * MAX_BYTES_PER_UNIT <= bytes) return false;
  return new TextEncoder().encode(text).length > bytes;
}

function badOutput(message: string): { ok: false; failure: Failure } {
  return { ok: false, failure: { kind: "bad-output", message } };
}

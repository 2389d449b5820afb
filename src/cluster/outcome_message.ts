import { deflateSync } from "node:zlib";
import { decode } from "../../sandbox/values/decode.ts";
import { encode } from "../../sandbox/values/encode.ts";
import type { Value } from "../../sandbox/values/value.ts";
import { CupelError } from "../errors.ts";
import { unpackText } from "../report/packing.ts";
import type { ResultMessage } from "./messages.ts";

/** Texts that are longer are packed. */
const PACKED_FROM = 16 * 1024;

/** What stands before packed text; no text of the codec starts so. */
const PACKED = "zlib:";

/** How hard it is packed: a tenth smaller takes twice as long, and nobody keeps it. */
const LEVEL = 2;

/** Most characters of an error's message. */
const MOST_MESSAGE = 10_000;

/** What a job came to, as it is published. */
export function outcomeOf(value: unknown): ResultMessage["outcome"] {
  const text = encode(value as Value);
  return { ok: true, value: text.length < PACKED_FROM ? text : PACKED + pack(text) };
}

/** By the runtime's own zlib: unlike what a report holds, it need not be the same to the byte. */
function pack(text: string): string {
  return deflateSync(text, { level: LEVEL }).toString("base64");
}

/** Why a job came to nothing, as it is published. */
export function errorOutcome(error: unknown): ResultMessage["outcome"] {
  const code = error instanceof CupelError ? error.code : "internal";
  const message = error instanceof Error ? error.message : String(error);
  return { ok: false, error: { code, message: message.slice(0, MOST_MESSAGE) } };
}

/**
 * The value that a job came to.
 *
 * @throws {CupelError} What the node threw.
 */
export function valueOf(outcome: ResultMessage["outcome"]): Value {
  if (!outcome.ok) throw new CupelError(outcome.error.code, outcome.error.message);
  const { value } = outcome;
  return decode(
    value.startsWith(PACKED) ? unpackText("result", value.slice(PACKED.length)) : value,
  );
}

import { Buffer } from "node:buffer";
import { promisify } from "node:util";
import * as zlib from "node:zlib";
import { decode } from "../../sandbox/values/decode.ts";
import { encode } from "../../sandbox/values/encode.ts";
import type { Value } from "../../sandbox/values/value.ts";
import { CupelError } from "../errors.ts";
import type { ResultMessage } from "./messages.ts";
import { MessageError } from "./parse_message.ts";

/** What a job came to, as it is published. */
export type OutcomeMessage = ResultMessage["outcome"];

/** One that is all there: its value is not in parts. */
export type WholeOutcome = Exclude<OutcomeMessage, { parts: number }>;

/** Texts that are longer are packed. */
const PACKED_FROM = 16 * 1024;

/** What stands before packed text; no text of the codec starts so. */
const PACKED = "zlib:";

/** Most bytes of a value's text. */
const MOST_BYTES = 256 * 1024 * 1024;
/** How hard it is packed: a tenth smaller takes twice as long, and nobody keeps it. */
const LEVEL = 2;

/** Most characters of an error's message. */
const MOST_MESSAGE = 10_000;

// The runtime's own zlib: unlike what a report holds, it need not be the same to the byte. And not in this
// thread: a node has to say meanwhile that it works, and a controller to hear of others.
const deflate = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.deflate);
const inflate = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflate);

/** What a job came to, as it is published: a long text is packed, as zlib (RFC 1950) in base64. */
export async function outcomeOf(value: unknown): Promise<WholeOutcome> {
  const text = encode(value as Value);
  if (text.length < PACKED_FROM) return { ok: true, value: text };
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > MOST_BYTES) {
    const why =
      `what a batch came to takes ${bytes.length} bytes, and at most ${MOST_BYTES} travel`;
    return errorOutcome(new CupelError("bad-input", `Cannot send a result as ${why}`));
  }
  return { ok: true, value: PACKED + (await deflate(bytes, { level: LEVEL })).toString("base64") };
}

/** Why a job came to nothing, as it is published. */
export function errorOutcome(error: unknown): WholeOutcome {
  const isInput = error instanceof CupelError && error.code === "bad-input";
  const code = isInput ? "bad-input" : "internal";
  const message = error instanceof Error ? error.message : String(error);
  return { ok: false, error: { code, message: message.slice(0, MOST_MESSAGE) } };
}

/**
 * The value that a job came to.
 *
 * @throws {MessageError} where what the node says is no value.
 */
export async function valueOf({ value }: Extract<WholeOutcome, { ok: true }>): Promise<Value> {
  try {
    return decode(value.startsWith(PACKED) ? await unpacked(value.slice(PACKED.length)) : value);
  } catch (cause) {
    throw new MessageError("Cannot use a result as it holds no value", { cause });
  }
}

/** Whether an outcome may be much longer than its message. */
export function isLarge(outcome: OutcomeMessage): boolean {
  return outcome.ok && ("parts" in outcome || outcome.value.startsWith(PACKED));
}

async function unpacked(text: string): Promise<string> {
  const options = { maxOutputLength: MOST_BYTES };
  return (await inflate(Buffer.from(text, "base64"), options)).toString("utf8");
}

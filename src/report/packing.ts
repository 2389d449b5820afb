import { Buffer } from "node:buffer";
import { inflateSync } from "node:zlib";
import { strToU8, zlibSync } from "fflate";
import { CupelError } from "../errors.ts";

/** Most bytes that a part of a report may unpack to. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Packs bytes or a text: zlib (RFC 1950) in base64. fflate and not the runtime's own zlib, as every runtime
 * has another one, and a report is the same byte for byte wherever it is written.
 */
export function pack(content: string | Uint8Array): string {
  const bytes = typeof content === "string" ? strToU8(content) : content;
  return Buffer.from(zlibSync(bytes, { level: 6 })).toString("base64");
}

/**
 * Unpacks bytes of a report.
 *
 * @param field Where they stand, for the message.
 * @param most Most bytes that they may unpack to.
 * @throws {CupelError} `bad-input` where they cannot be unpacked.
 */
export function unpack(
  field: string,
  packed: string,
  most: number = MOST_BYTES,
): Uint8Array<ArrayBuffer> {
  try {
    const options = { maxOutputLength: most };
    return new Uint8Array(inflateSync(Buffer.from(packed, "base64"), options));
  } catch (error) {
    throw new CupelError(
      "bad-input",
      `Cannot use the report's ${field} as it must be zlib in base64`,
      { cause: error },
    );
  }
}

/** The same for a text. */
export function unpackText(field: string, packed: string): string {
  return new TextDecoder().decode(unpack(field, packed));
}

import type { MsgHdrs } from "@nats-io/transport-node";
import { MOST_CASES } from "./batch_size.ts";
import { signerOf } from "./node_key.ts";
import { type ResultMessage, resultMessageSchema } from "./messages.ts";
import { parseMessage } from "./parse_message.ts";

/** The public key of the node that signed a result. */
export const KEY_HEADER = "Cupel-Key";

/** The signature of a result's body, by that key. */
export const SIGNATURE_HEADER = "Cupel-Signature";

/** Of a result of cases, which: `start-end`. It is not signed: a hint for who looks for results. */
export const CASES_HEADER = "Cupel-Cases";

/** A result as it came. */
export interface RawResult {
  data: Uint8Array;
  headers: MsgHdrs | undefined;
}

/**
 * Reads a result, once it is sure that the node which it names has signed it.
 *
 * @param trusted Fingerprints of the nodes whose results count; those of all where it is left out.
 * @returns Nothing where it is no result, or nobody's that counts.
 */
export function readResult(
  { data, headers }: RawResult,
  trusted?: ReadonlySet<string>,
): ResultMessage | undefined {
  const signer = signerOf({
    message: data,
    publicKey: headers?.get(KEY_HEADER) ?? "",
    signature: headers?.get(SIGNATURE_HEADER) ?? "",
  });
  if (signer === undefined || trusted?.has(signer) === false) return undefined;
  try {
    const message = parseMessage(resultMessageSchema, data, "a result");
    return message.node === signer ? message : undefined;
  } catch {
    return undefined; // Whatever it is, it is no result.
  }
}

/** The cases of {@linkcode CASES_HEADER}; nothing where it says none, or more than a controller cuts. */
export function casesOf(header: string): { start: number; end: number } | undefined {
  const match = /^(\d{1,9})-(\d{1,9})$/.exec(header);
  if (match === null) return undefined;
  const [start, end] = [Number(match[1]), Number(match[2])];
  return start < end && end - start <= MOST_CASES ? { start, end } : undefined;
}

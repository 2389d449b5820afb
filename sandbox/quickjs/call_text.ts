import { hasTags } from "../values/decode.ts";
import { encode } from "../values/encode.ts";
import type { Value } from "../values/value.ts";
import type { Pointer } from "./abi.ts";
import type { Call } from "./machine.ts";

/**
 * A call as guest/protocol.ts says.
 *
 * @param name the export's name, as a value of the guest.
 * @param seed four unsigned 32-bit integers for `Math.random`.
 * @throws {CodecError} for arguments that cannot cross the boundary.
 */
export function encodeCall(
  name: Pointer,
  args: readonly Value[],
  seed: readonly [number, number, number, number] | undefined,
): Call {
  let list = "";
  for (let index = 0; index < args.length; index++) {
    if (index !== 0) list += ",";
    list += encode(args[index]);
  }
  return { name, args: "[" + list + "]", tagged: hasTags(list), seed: seed && seedText(seed) };
}

function seedText([a, b, c, d]: readonly [number, number, number, number]): string {
  return `[${a >>> 0},${b >>> 0},${c >>> 0},${d >>> 0}]`;
}

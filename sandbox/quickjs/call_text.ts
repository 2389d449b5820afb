import { hasTags } from "../values/decode.ts";
import { encode } from "../values/encode.ts";
import type { Value } from "../values/value.ts";

/**
 * A call as guest/protocol.ts says.
 *
 * @param quotedName the export's name as JSON.
 * @param seed four unsigned 32-bit integers for `Math.random`.
 * @throws {CodecError} for arguments that cannot cross the boundary.
 */
export function encodeCall(
  quotedName: string,
  args: readonly Value[],
  seed: readonly [number, number, number, number] | undefined,
): string {
  let list = "";
  for (let index = 0; index < args.length; index++) {
    if (index !== 0) list += ",";
    list += encode(args[index]);
  }
  const seedText = seed === undefined
    ? "0"
    : `[${seed[0] >>> 0},${seed[1] >>> 0},${seed[2] >>> 0},${seed[3] >>> 0}]`;
  return `[${quotedName},${hasTags(list) ? 1 : 0},[${list}],${seedText}]`;
}

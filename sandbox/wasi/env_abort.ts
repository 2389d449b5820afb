import { fuelToCopy } from "../world/prices.ts";
import type { WasiContext } from "./preview1/context.ts";
import { GuestFault } from "./preview1/endings.ts";
import { WasiError } from "./preview1/errno.ts";
import { signatureFrom } from "./signature.ts";

/** The type of `env.abort`: message, file name, line and column. */
export const ABORT_SIGNATURE = signatureFrom("iiii:");

/** Most characters of a message. */
const MOST_CHARACTERS = 1000;

const decoder = new TextDecoder("utf-16le", { ignoreBOM: true });

/**
 * `env.abort`, which modules by AssemblyScript import unless they are told otherwise: it is what `throw` and a
 * failed `assert` come to there. It ends the run.
 */
export function abortImport(context: WasiContext): WebAssembly.ModuleImports {
  return {
    abort: (message: number, file: number, line: number, column: number) => {
      const text = readText(context, message >>> 0);
      const name = readText(context, file >>> 0);
      const place = name === "" ? "" : ` (${name}:${line >>> 0}:${column >>> 0})`;
      const said = text === "" ? "aborted" : `aborted: ${text}`;
      context.host.abort(new GuestFault("exception", said + place));
    },
  };
}

/** A string of AssemblyScript: UTF-16, its bytes counted by the 32 bits in front. None where that is not so. */
function readText({ memory, host }: WasiContext, address: number): string {
  if (address < 4) return "";
  try {
    const length = Math.min(memory.readU32(address - 4), 2 * MOST_CHARACTERS);
    host.spend(fuelToCopy(length));
    return decoder.decode(memory.bytes(address, length));
  } catch (error) {
    if (error instanceof WasiError) return "";
    throw error;
  }
}

import { FUEL_PER_RANDOM_BYTE } from "../../world/prices.ts";
import type { WasiContext } from "./context.ts";
import type { WasiFunctions } from "./signatures.ts";

/** Bytes that are made between two looks at the fuel. */
const CHUNK_BYTES = 65_536;

/** Random bytes, which depend on the call's seed alone. */
export function randomFunctions({ memory, host, world: { random } }: WasiContext): WasiFunctions {
  return {
    random_get: (address: number, length: number) => {
      memory.check(address, length);
      for (let at = 0; at < length; at += CHUNK_BYTES) {
        const size = Math.min(CHUNK_BYTES, length - at);
        host.spend(FUEL_PER_RANDOM_BYTE * size);
        random.fill(memory.writable(address + at, size));
      }
    },
  };
}

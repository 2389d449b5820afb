import { fuelToCopy } from "../../world/prices.ts";
import type { WasiContext } from "./context.ts";
import { FUEL_PER_ARGUMENT } from "./prices.ts";
import type { WasiFunctions } from "./signatures.ts";

/** Arguments, and an environment without variables. */
export function argumentFunctions({ args, memory, host }: WasiContext): WasiFunctions {
  return {
    args_sizes_get: (count: number, bytes: number) => {
      memory.check(bytes, 4);
      memory.writeU32(count, args.items.length);
      memory.writeU32(bytes, args.bytes);
    },
    args_get: (pointers: number, texts: number) => {
      const { items, bytes } = args;
      host.spend(FUEL_PER_ARGUMENT * items.length + fuelToCopy(bytes));
      memory.check(pointers, 4 * items.length);
      memory.check(texts, bytes);
      let at = texts;
      items.forEach((item, index) => {
        memory.writeU32(pointers + 4 * index, at);
        memory.write(at, item);
        at += item.length;
      });
    },
    environ_sizes_get: (count: number, bytes: number) => {
      memory.check(bytes, 4);
      memory.writeU32(count, 0);
      memory.writeU32(bytes, 0);
    },
    environ_get: (pointers: number, texts: number) => {
      memory.check(pointers, 0);
      memory.check(texts, 0);
    },
  };
}

import { FUEL_PER_ARRAY, FUEL_PER_RANDOM_BYTE } from "../../world/prices.ts";
import type { HostFunction, HostInterface } from "../host.ts";
import { ComponentTrap } from "../errors.ts";
import { defineInterface, type WasiContext } from "./interface.ts";
import { func, list, tuple, u64, u8 } from "./signatures.ts";
import { bigintOf } from "./values.ts";

/** Most random bytes of one request: there is no short answer to it. */
const MOST_BYTES = 16 * 1024 * 1024;

/** More than any memory of 32 bits holds. */
const BEYOND_MEMORY = 2n ** 32n;

/** Two arbitrary numbers: the first bits of the fractions of √2 and √3, as SHA-512 begins with. */
const INSECURE_SEED = [0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn];

/** `wasi:random/random`: bytes that depend on the call's seed alone. */
export function randomInterface(context: WasiContext): HostInterface {
  return defineInterface(context, "wasi:random/random", [], {
    "get-random-bytes": randomBytes(context),
    "get-random-u64": randomNumber(context),
  });
}

/** `wasi:random/insecure`: the same source as `wasi:random/random`. */
export function insecureInterface(context: WasiContext): HostInterface {
  return defineInterface(context, "wasi:random/insecure", [], {
    "get-insecure-random-bytes": randomBytes(context),
    "get-insecure-random-u64": randomNumber(context),
  });
}

/**
 * `wasi:random/insecure-seed`: always the same. It is meant for hash tables, whose order would else change
 * with the seed of the call.
 */
export function insecureSeedInterface(context: WasiContext): HostInterface {
  return defineInterface(context, "wasi:random/insecure-seed", [], {
    "insecure-seed": { type: func({}, tuple(u64, u64)), call: () => [...INSECURE_SEED] },
  });
}

function randomBytes({ world, host }: WasiContext): HostFunction {
  return {
    type: func({ len: u64 }, list(u8)),
    call: (wanted) => {
      const length = bigintOf(wanted);
      if (length >= BEYOND_MEMORY) host.stopForMemory();
      if (length > MOST_BYTES) {
        throw new ComponentTrap(
          `cannot give ${length} random bytes at once as at most ${MOST_BYTES} are given`,
        );
      }
      host.spend(FUEL_PER_ARRAY + FUEL_PER_RANDOM_BYTE * Number(length));
      const bytes = new Uint8Array(Number(length));
      world.random.fill(bytes);
      return bytes;
    },
  };
}

function randomNumber({ world, host }: WasiContext): HostFunction {
  return {
    type: func({}, u64),
    call: () => {
      host.spend(8 * FUEL_PER_RANDOM_BYTE);
      return world.random.uint64();
    },
  };
}

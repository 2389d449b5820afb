import { fuelToCopy } from "../../world/prices.ts";
import type { HostFunction } from "../host.ts";
import { Handle, type Tagged } from "../types.ts";
import type { WasiContext } from "./interface.ts";
import { ALWAYS, INPUT_STREAM, POLLABLE } from "./resources.ts";
import { list, method, own, result, u64, u8 } from "./signatures.ts";
import { CLOSED, streamError } from "./stream_error.ts";
import { bigintOf, ok } from "./values.ts";

/** Most bytes of one read; what is asked for beyond it comes with the next. */
const MOST_READ = 1024 * 1024;

/**
 * The methods of `input-stream`. All of the input is there from the start, so the blocking ones do what the
 * others do.
 */
export function inputStreamFunctions(context: WasiContext): Record<string, HostFunction> {
  const { world } = context;
  const read: HostFunction = {
    type: method(INPUT_STREAM, { len: u64 }, result(list(u8), streamError)),
    call: (_self, length) => takeInput(context, bigintOf(length), ok),
  };
  const skip: HostFunction = {
    type: method(INPUT_STREAM, { len: u64 }, result(u64, streamError)),
    call: (_self, length) => {
      const { stdinLeft } = world;
      if (stdinLeft === 0) return CLOSED;
      return ok(BigInt(world.readStdin(atMost(bigintOf(length), stdinLeft)).length));
    },
  };
  return {
    "[method]input-stream.read": read,
    "[method]input-stream.blocking-read": read,
    "[method]input-stream.skip": skip,
    "[method]input-stream.blocking-skip": skip,
    "[method]input-stream.subscribe": {
      type: method(INPUT_STREAM, {}, own(POLLABLE)),
      call: () => new Handle(POLLABLE, ALWAYS),
    },
  };
}

/**
 * Takes bytes off standard input and pays for them.
 *
 * @param length most bytes to take; a read takes no more than a mebibyte.
 * @returns what `use` makes of the bytes, or that the stream is closed where none are left.
 */
export function takeInput(
  { world, host }: WasiContext,
  length: bigint,
  use: (bytes: Uint8Array) => Tagged,
): Tagged {
  if (world.stdinLeft === 0) return CLOSED;
  const taken = atMost(length, Math.min(world.stdinLeft, MOST_READ));
  host.spend(fuelToCopy(taken));
  return use(world.readStdin(taken));
}

function atMost(length: bigint, most: number): number {
  return length < most ? Number(length) : most;
}

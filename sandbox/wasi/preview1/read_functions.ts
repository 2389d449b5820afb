import { fuelToCopy } from "../../world/prices.ts";
import type { WasiContext } from "./context.ts";
import { demand, type Descriptor, fileOf } from "./descriptors.ts";
import { fail } from "./errno.ts";
import { RIGHT } from "./rights.ts";
import type { WasiFunctions } from "./signatures.ts";
import { readVectors } from "./vectors.ts";

/** Beginnings that a distance can be counted from. */
const WHENCE = { start: 0, current: 1, end: 2 } as const;

/** The greatest offset: what a signed number of 64 bits holds. */
const MOST_OFFSET = 2n ** 63n - 1n;

/** Gives the bytes that come next, at most so many; none at the end. */
type Source = (most: number) => Uint8Array;

/** Reading from files and standard input. */
export function readFunctions(context: WasiContext): WasiFunctions {
  const { descriptors, memory } = context;
  return {
    fd_read: (number: number, vectors: number, count: number, result: number) => {
      const descriptor = descriptors.get(number);
      const { offset, target } = descriptor;
      if (target.kind !== "stdin" && target.kind !== "file") refuseReading(descriptor);
      demand(descriptor, RIGHT.read);
      const source: Source = target.kind === "file"
        ? bytesFrom(target.bytes, offset)
        : (most) => context.world.readStdin(most);
      const read = readInto(context, vectors, count, result, source);
      if (target.kind !== "file" || read === 0) return;
      descriptors.set(number, { ...descriptor, offset: offset + BigInt(read) });
    },
    fd_pread: (number: number, vectors: number, count: number, offset: bigint, result: number) => {
      const descriptor = descriptors.get(number);
      const { bytes } = fileOf(descriptor);
      demand(descriptor, RIGHT.read);
      if (offset > MOST_OFFSET) fail("inval");
      readInto(context, vectors, count, result, bytesFrom(bytes, offset));
    },
    fd_seek: (number: number, distance: bigint, whence: number, result: number) => {
      const descriptor = descriptors.get(number);
      const from = beginning(descriptor, whence);
      // Telling where one is needs less than moving.
      const isQuestion = distance === 0n && whence === WHENCE.current;
      demand(descriptor, isQuestion ? RIGHT.seek | RIGHT.tell : RIGHT.seek);
      memory.check(result, 8);
      const offset = from + BigInt.asIntN(64, distance);
      if (offset < 0n || offset > MOST_OFFSET) fail("inval");
      descriptors.set(number, { ...descriptor, offset });
      memory.writeU64(result, offset);
    },
    fd_tell: (number: number, result: number) => {
      const descriptor = descriptors.get(number);
      fileOf(descriptor);
      demand(descriptor, RIGHT.tell);
      memory.writeU64(result, descriptor.offset);
    },
  };
}

function refuseReading({ target }: Descriptor): never {
  return fail(target.kind === "directory" ? "isdir" : "badf");
}

function bytesFrom(bytes: Uint8Array, offset: bigint): Source {
  let at = offset > bytes.length ? bytes.length : Number(offset);
  return (most) => {
    const part = bytes.subarray(at, at + most);
    at += part.length;
    return part;
  };
}

function beginning(descriptor: Descriptor, whence: number): bigint {
  const { bytes } = fileOf(descriptor);
  switch (whence) {
    case WHENCE.start:
      return 0n;
    case WHENCE.current:
      return descriptor.offset;
    case WHENCE.end:
      return BigInt(bytes.length);
    default:
      return fail("inval");
  }
}

/** Fills the buffers of a list one after the other; gives and writes the number of bytes. */
function readInto(
  context: WasiContext,
  address: number,
  count: number,
  result: number,
  source: Source,
): number {
  const { memory, host } = context;
  memory.check(result, 4);
  let read = 0;
  for (const vector of readVectors(context, address, count)) {
    const bytes = source(vector.length);
    host.spend(fuelToCopy(bytes.length));
    memory.write(vector.address, bytes);
    read += bytes.length;
    if (bytes.length < vector.length) break;
  }
  memory.writeU32(result, read);
  return read;
}

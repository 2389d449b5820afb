import type { WasiContext } from "./context.ts";
import { fail } from "./errno.ts";
import { FUEL_PER_VECTOR } from "./prices.ts";

/** A part of the guest's memory. */
export interface Vector {
  readonly address: number;
  readonly length: number;
}

/** Most vectors of a list: as `IOV_MAX` of other systems. */
export const MOST_VECTORS = 1024;

const VECTOR_BYTES = 8;

/** Sums beyond this do not fit where the number of bytes is written. */
const MOST_BYTES = 2 ** 32 - 1;

/**
 * Reads a list of buffers and checks each of them. Too many, or more bytes than 32 bits count, give `EINVAL`.
 */
export function readVectors(
  { memory, host }: WasiContext,
  address: number,
  count: number,
): readonly Vector[] {
  if (count > MOST_VECTORS) fail("inval");
  host.spend(count * FUEL_PER_VECTOR);
  memory.check(address, count * VECTOR_BYTES);
  const vectors: Vector[] = [];
  let sum = 0;
  for (let at = address; at < address + count * VECTOR_BYTES; at += VECTOR_BYTES) {
    const vector = { address: memory.readU32(at), length: memory.readU32(at + 4) };
    memory.check(vector.address, vector.length);
    sum += vector.length;
    vectors.push(vector);
  }
  if (sum > MOST_BYTES) fail("inval");
  return vectors;
}

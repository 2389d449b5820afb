import { i32Const, signed, TYPE_CODES } from "./encode.ts";
import type { Tape } from "./tape.ts";

/** Addresses at which things go wrong first: ends of the dirty map's pages, of the memory, and 0. */
const ADDRESSES = [
  0,
  1,
  8,
  4079,
  4080,
  4081,
  4088,
  4095,
  4096,
  8191,
  8192,
  12000,
  65520,
  65535,
  65536,
  69631,
  126975,
  131056,
  131064,
  131068,
  131071,
];
const I32S = [...ADDRESSES, 2, 3, 17, 255, 131072, 0x7fffffff, -1, -2, -4096, -0x80000000];
const I64S = [
  0n,
  1n,
  -1n,
  255n,
  1n << 31n,
  1n << 32n,
  (1n << 63n) - 1n,
  -(1n << 63n),
  0x7ff8n << 48n,
];
const F64S = [0, -0, 1, -1.5, 0.1, 1e308, 5e-324, Infinity, -Infinity, 2 ** 31, -(2 ** 63), NaN];

/** Offsets of loads and stores, most of them harmless. */
const OFFSETS = [0, 0, 1, 4, 8, 16, 100, 4064, 4079, 4080, 4081, 4095, 4096, 8000, 65535];

/** An offset of a load or a store. */
export function offset(tape: Tape): number {
  return tape.oneIn(40)
    ? tape.pick([131071, 0x7fffffff, 0xffffffff, 0xfffff000])
    : tape.pick(OFFSETS);
}

/** An address inside of the memory, as bytes of `i32.const`. */
export function address(tape: Tape): number[] {
  return i32Const(tape.pick(ADDRESSES));
}

/** A constant of a number or vector type. */
export function constant(tape: Tape, type: string): number[] {
  switch (type) {
    case "i":
      return i32Const(tape.oneIn(3) ? tape.pick(I32S) : tape.pick(ADDRESSES));
    case "I":
      return [0x42, ...signed(tape.pick(I64S))];
    case "f":
      return [0x43, ...floatBytes(tape, 4)];
    case "F":
      return [0x44, ...floatBytes(tape, 8)];
    case "v":
      return [0xfd, 12, ...floatBytes(tape, 8), ...floatBytes(tape, 4), ...floatBytes(tape, 4)];
    default:
      return [0xd0, TYPE_CODES[type] ?? 0];
  }
}

function floatBytes(tape: Tape, width: 4 | 8): number[] {
  const view = new DataView(new ArrayBuffer(8));
  if (width === 4) view.setFloat32(0, tape.pick(F64S), true);
  else view.setFloat64(0, tape.pick(F64S), true);
  return [...new Uint8Array(view.buffer, 0, width)];
}

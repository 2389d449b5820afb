import { ComponentTrap } from "../errors.ts";
import type { CoreType } from "./layout.ts";
import type { CoreValue } from "./call_core.ts";

/** The one NaN that crosses, whatever bits it had: programs cannot tell engines apart by it. */
export const NAN32_BITS = 0x7fc00000;
/** {@linkcode NAN32_BITS} for 64 bits: its upper half; the lower one is zero. */
export const NAN64_HIGH_BITS = 0x7ff80000;

const scratch = new DataView(new ArrayBuffer(8));

/** A float without the bits of its NaN. */
export function plainFloat(value: number): number {
  return Number.isNaN(value) ? NaN : value;
}

/** Writes a float of 32 bits; NaN as {@linkcode NAN32_BITS}. */
export function setFloat32(view: DataView, address: number, value: number): void {
  if (Number.isNaN(value)) view.setUint32(address, NAN32_BITS, true);
  else view.setFloat32(address, value, true);
}

/** Writes a float of 64 bits; NaN with {@linkcode NAN64_HIGH_BITS}. */
export function setFloat64(view: DataView, address: number, value: number): void {
  if (Number.isNaN(value)) {
    view.setUint32(address, 0, true);
    view.setUint32(address + 4, NAN64_HIGH_BITS, true);
  } else view.setFloat64(address, value, true);
}

/** Whether a number is a Unicode scalar value: no surrogate, not beyond the last. */
export function isScalar(code: number): boolean {
  return code < 0xd800 || (code > 0xdfff && code < 0x110000);
}

/** The character of a code point that a guest gave. */
export function toCharacter(code: number): string {
  if (!isScalar(code)) {
    throw new ComponentTrap(`hands out ${code}, which is no Unicode scalar value`);
  }
  return String.fromCodePoint(code);
}

/** A core value of type `have` as what it carries for a case of type `want` (`lift_flat_variant`). */
export function fromJoined(value: CoreValue, have: CoreType, want: CoreType): CoreValue {
  if (have === want) return value;
  if (have === "i32") return asFloat32(Number(value));
  const bits = BigInt(value);
  switch (want) {
    case "i32":
      return Number(BigInt.asIntN(32, bits));
    case "f32":
      return asFloat32(Number(BigInt.asIntN(32, bits)));
    default:
      scratch.setBigInt64(0, bits, true);
      return plainFloat(scratch.getFloat64(0, true));
  }
}

/** The reverse of {@linkcode fromJoined} (`lower_flat_variant`). */
export function toJoined(value: CoreValue, have: CoreType, want: CoreType): CoreValue {
  if (have === want) return value;
  switch (have) {
    case "f32":
      setFloat32(scratch, 0, Number(value));
      return want === "i32" ? scratch.getInt32(0, true) : BigInt(scratch.getUint32(0, true));
    case "f64":
      setFloat64(scratch, 0, Number(value));
      return scratch.getBigInt64(0, true);
    default:
      return BigInt(Number(value) >>> 0);
  }
}

function asFloat32(bits: number): number {
  scratch.setInt32(0, bits, true);
  return plainFloat(scratch.getFloat32(0, true));
}

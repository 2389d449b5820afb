import { mustBe } from "./js_error.ts";
import type { ValueType } from "./types.ts";

/** Least and greatest value of integers that are numbers in JavaScript. */
const NUMBERS: Partial<Record<ValueType["kind"], readonly [number, number]>> = {
  u8: [0, 0xff],
  s8: [-0x80, 0x7f],
  u16: [0, 0xffff],
  s16: [-0x8000, 0x7fff],
  u32: [0, 0xffff_ffff],
  s32: [-0x8000_0000, 0x7fff_ffff],
};

/** Least and greatest value of integers that are bigints. */
const BIGINTS: Partial<Record<ValueType["kind"], readonly [bigint, bigint]>> = {
  u64: [0n, 0xffff_ffff_ffff_ffffn],
  s64: [-0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn],
};

/**
 * An integer of a type; undefined for types of other values.
 *
 * -0 is 0, as integers have no sign of zero. Safe integers do as 64-bit ones.
 */
export function integerFromJs(
  type: ValueType,
  value: unknown,
  path: string,
): number | bigint | undefined {
  const { kind } = type;
  const range = NUMBERS[kind];
  if (range !== undefined) {
    const [least, greatest] = range;
    if (
      typeof value !== "number" || !Number.isInteger(value) || value < least || value > greatest
    ) {
      throw mustBe({ path, type }, `an integer from ${least} to ${greatest}`, value);
    }
    return value + 0;
  }
  const wide = BIGINTS[kind];
  if (wide === undefined) return undefined;
  const [least, greatest] = wide;
  const integer = typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof integer !== "bigint" || integer < least || integer > greatest) {
    throw mustBe({ path, type }, `a bigint from ${least} to ${greatest}`, value);
  }
  return integer;
}

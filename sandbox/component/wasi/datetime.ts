import type { ComponentValue, ValueType } from "../types.ts";
import { record, u32, u64 } from "./signatures.ts";

/** `wasi:clocks/wall-clock`'s `datetime`. */
export const datetime: ValueType = record({ seconds: u64, nanoseconds: u32 });

const NANOSECONDS_PER_SECOND = 1_000_000_000n;

/** A time as {@linkcode datetime}. */
export function toDatetime(nanosecondsSince1970: bigint): ComponentValue {
  return {
    seconds: nanosecondsSince1970 / NANOSECONDS_PER_SECOND,
    nanoseconds: Number(nanosecondsSince1970 % NANOSECONDS_PER_SECOND),
  };
}

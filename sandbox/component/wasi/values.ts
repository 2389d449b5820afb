import { type ComponentValue, Handle, Tagged } from "../types.ts";
import { Pollable } from "./resources.ts";

/**
 * Arguments as what their declared types make them. They were checked before, so a throw here is an error
 * of the runtime of components, not of a component.
 */

type Argument = ComponentValue | undefined;

/** A `u64`. */
export function bigintOf(value: Argument): bigint {
  return typeof value === "bigint" ? value : mismatch("u64", value);
}

/** A `u8`, or another number of 32 bits. */
export function numberOf(value: Argument): number {
  return typeof value === "number" ? value : mismatch("u8", value);
}

/** A `list<u8>`. */
export function bytesOf(value: Argument): Uint8Array {
  return value instanceof Uint8Array ? value : mismatch("list<u8>", value);
}

/** A `variant`, `result` or `option`. */
export function taggedOf(value: Argument): Tagged {
  return value instanceof Tagged ? value : mismatch("variant", value);
}

/** A list of anything but bytes. */
export function listOf(value: Argument): readonly ComponentValue[] {
  return Array.isArray(value) ? value : mismatch("list", value);
}

/** What a handle stands for. */
export function representationOf(value: Argument): number | object {
  return value instanceof Handle ? value.representation : mismatch("handle", value);
}

/** A `borrow<pollable>`. */
export function pollableOf(value: Argument): Pollable {
  const representation = representationOf(value);
  return representation instanceof Pollable ? representation : mismatch("pollable", value);
}

function mismatch(wanted: string, value: Argument): never {
  throw new TypeError(`Cannot call the host as an argument must be a ${wanted}: it is ${value}`);
}

/** The value of `option` that has nothing. */
export const NONE = new Tagged("none");

/** `ok` of a `result`. */
export function ok(value?: ComponentValue): Tagged {
  return new Tagged("ok", value);
}

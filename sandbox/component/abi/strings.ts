import { ComponentTrap } from "../errors.ts";
import { INSIDE, SIZES } from "./costs.ts";
import type { Crossing } from "./crossing.ts";

/** Set in the length of a string that is UTF-16 where it could have been Latin-1. */
const UTF16_TAG = 0x8000_0000;

/** Latin-1 strings are aligned for UTF-16, which they may become. */
const TAGGED_ALIGN = 2;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const decoder16 = new TextDecoder("utf-16le", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Where a string lies, and its length in code units, tagged. */
export interface StringPlace {
  address: number;
  length: number;
}

/** Reads a string (`load_string_from_range`). Text that is not well-formed is a trap. */
export function loadString(cx: Crossing, { address, length }: StringPlace): string {
  if (cx.encoding === "utf8") return loadUtf8(cx, address, length);
  if (cx.encoding === "utf16") return loadUtf16(cx, address, length);
  if (length >= UTF16_TAG) return loadUtf16(cx, address, length - UTF16_TAG);
  cx.memory.check(address, length, TAGGED_ALIGN);
  take(cx, length, length);
  // Latin-1 is the start of UTF-16; the decoder of that name is one for Windows' characters.
  return decoder16.decode(new Uint16Array(cx.memory.bytes.subarray(address, address + length)));
}

function take(cx: Crossing, bytes: number, characters: number): void {
  cx.account.take(
    cx.prices.object + bytes * cx.prices.textByte,
    SIZES.object + characters * SIZES.character,
  );
}

function loadUtf8(cx: Crossing, address: number, length: number): string {
  cx.memory.check(address, length, 1);
  take(cx, length, length);
  try {
    return decoder.decode(cx.memory.bytes.subarray(address, address + length));
  } catch {
    throw new ComponentTrap("hands out a string that is not UTF-8");
  }
}

function loadUtf16(cx: Crossing, address: number, length: number): string {
  cx.memory.check(address, length * 2, 2);
  take(cx, length * 2, length);
  const { buffer } = cx.memory.memory;
  try {
    return decoder16.decode(new Uint16Array(buffer, address, length));
  } catch {
    throw new ComponentTrap("hands out a string that is not UTF-16");
  }
}

/** Puts a string into the guest's memory (`store_string_into_range`), with one `realloc` of its exact size. */
export function storeString(cx: Crossing, text: string): StringPlace {
  cx.account.store.spend(INSIDE.object + text.length * INSIDE.textByte);
  if (cx.encoding === "utf8") return storeUtf8(cx, text);
  if (cx.encoding === "utf16") return storeUtf16(cx, text);
  if (!isLatin1(text)) {
    const { address, length } = storeUtf16(cx, text);
    return { address, length: length + UTF16_TAG };
  }
  const address = cx.allocate(text.length, TAGGED_ALIGN);
  cx.memory.writing(address, text.length);
  const { bytes } = cx.memory;
  for (let at = 0; at < text.length; at++) bytes[address + at] = text.charCodeAt(at);
  return { address, length: text.length };
}

function storeUtf8(cx: Crossing, text: string): StringPlace {
  const bytes = encoder.encode(text);
  const address = cx.allocate(bytes.length, 1);
  cx.memory.writing(address, bytes.length);
  cx.memory.bytes.set(bytes, address);
  return { address, length: bytes.length };
}

function storeUtf16(cx: Crossing, text: string): StringPlace {
  const address = cx.allocate(text.length * 2, 2);
  cx.memory.writing(address, text.length * 2);
  const { view } = cx.memory;
  for (let at = 0; at < text.length; at++) {
    view.setUint16(address + at * 2, text.charCodeAt(at), true);
  }
  return { address, length: text.length };
}

function isLatin1(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 0xff) return false;
  }
  return true;
}

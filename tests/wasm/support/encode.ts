/** The parts of a module that random programs vary, as bytes of the binary format. */

/** Value types by the letters that the table of instructions uses, and references. */
export const TYPE_CODES: Readonly<Record<string, number>> = {
  i: 0x7f,
  I: 0x7e,
  f: 0x7d,
  F: 0x7c,
  v: 0x7b,
  r: 0x70,
  x: 0x6f,
  e: 0x69,
};

/** An unsigned LEB128 integer. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...bytes, rest];
}

/** A signed LEB128 integer. */
export function signed(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    if ((rest === 0n && low < 0x40) || (rest === -1n && low >= 0x40)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

/** `i32.const`. */
export function i32Const(value: number): number[] {
  return [0x41, ...signed(BigInt(value))];
}

/** A vector: its length, then its elements. */
export function vector(elements: readonly (readonly number[])[]): number[] {
  return [...unsigned(elements.length), ...elements.flat()];
}

/** Bytes with their number in front. */
export function sized(bytes: readonly number[]): number[] {
  return [...unsigned(bytes.length), ...bytes];
}

/** A name. */
export function name(text: string): number[] {
  return sized([...new TextEncoder().encode(text)]);
}

/** A section; none without elements. */
export function section(id: number, elements: readonly (readonly number[])[]): number[] {
  return elements.length === 0 ? [] : [id, ...sized(vector(elements))];
}

/** Value types from letters. */
export function types(letters: string): number[] {
  return [...letters].map((letter) => TYPE_CODES[letter] ?? 0);
}

/** A function type from letters, as `"ii:i"`. */
export function functionType(signature: string): number[] {
  const [params = "", results = ""] = signature.split(":");
  return [0x60, ...sized(types(params)), ...sized(types(results))];
}

/** What every module starts with. */
export const HEADER: readonly number[] = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/**
 * What the world's work costs in fuel. Some eight units take a nanosecond, so the work of a microsecond
 * must cost 8,000: no guest can make its host slow for less fuel than it takes to be slow by itself.
 */

/** One call of any import, apart from what it does. */
export const FUEL_PER_IMPORT = 400;

/** One line of captured output. */
export const FUEL_PER_LINE = 4000;

/** One random byte. */
export const FUEL_PER_RANDOM_BYTE = 16;

/** Bytes that are copied, or looked at, for one unit. */
const BYTES_PER_UNIT = 1;

const LINE_FEED = 10;

/** What it costs to copy bytes. */
export function fuelToCopy(bytes: number): number {
  return Math.ceil(bytes / BYTES_PER_UNIT);
}

/** What the lines that end in these bytes cost: a line feed is dearer to the host than any other byte. */
export function fuelForLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === LINE_FEED) lines += 1;
  return lines * FUEL_PER_LINE;
}

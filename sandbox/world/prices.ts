/**
 * What the world's work costs in fuel. Some eight units take a nanosecond, so the work of a microsecond
 * must cost 8,000: no guest can make its host slow for less fuel than it takes to be slow by itself.
 */

/** One call of any import, apart from what it does. */
export const FUEL_PER_IMPORT = 800;

/** One line of captured output. */
export const FUEL_PER_LINE = 4000;

/** Memory for an array of bytes. */
export const FUEL_PER_ARRAY = 2000;

/** One random byte. */
export const FUEL_PER_RANDOM_BYTE = 8;

const LINE_FEED = 10;

/** What it costs to copy bytes. */
export function fuelToCopy(bytes: number): number {
  return bytes;
}

/** What it costs to write bytes to a stream, their lines apart: they are looked through, copied and decoded. */
export function fuelToWrite(bytes: number): number {
  return 8 * bytes;
}

/** What the lines that end in these bytes cost: a line feed is dearer to the host than any other byte. */
export function fuelForLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) lines++;
  return lines * FUEL_PER_LINE;
}

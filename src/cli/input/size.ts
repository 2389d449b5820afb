import { refuse } from "./refuse.ts";

const UNITS: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["b", 1],
  ["k", 1024],
  ["m", 1024 * 1024],
  ["g", 1024 * 1024 * 1024],
  ["kib", 1024],
  ["mib", 1024 * 1024],
  ["gib", 1024 * 1024 * 1024],
  ["kb", 1000],
  ["mb", 1000 * 1000],
  ["gb", 1000 * 1000 * 1000],
]);

/**
 * A number of bytes: `67108864`, `64MiB` (or `64M`: powers of 1024), `64MB` (powers of 1000), in any
 * case. A fraction is cut down to whole bytes.
 *
 * @param name The flag, for the message.
 * @throws {CupelError} `bad-input` for anything else.
 */
export function parseSize(name: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim());
  const unit = UNITS.get(match?.[2]?.toLowerCase() ?? "-");
  if (match === null || unit === undefined) {
    throw refuse(name, "a size such as 64MiB, 16mb or 67108864 (bytes)", text);
  }
  // Beyond the safe integers the limit that is broken would be that of numbers, not the flag's.
  return Math.min(Math.floor(Number(match[1]) * unit), Number.MAX_SAFE_INTEGER);
}

import { refuse } from "./refuse.ts";

const UNITS: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/**
 * A duration in milliseconds: `500`, `500ms`, `2s`, `1.5s`, `1m`, `1h`.
 *
 * @param name The flag, for the message.
 * @throws {CupelError} `bad-input` for anything else.
 */
export function parseDuration(name: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim());
  const unit = UNITS.get(match?.[2]?.toLowerCase() ?? "-");
  if (match === null || unit === undefined) {
    throw refuse(name, "a duration such as 500ms, 2s, 1h or 1500 (milliseconds)", text);
  }
  // Beyond the safe integers the limit that is broken would be that of numbers, not the flag's.
  return Math.min(Math.ceil(Number(match[1]) * unit), Number.MAX_SAFE_INTEGER);
}

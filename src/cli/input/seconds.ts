import { parseDuration } from "./duration.ts";
import { refuse } from "./refuse.ts";

const MINUTES_OF_AN_HOUR = 60;

/**
 * A duration above 0 in milliseconds, as people give lifetimes: a number alone is of seconds, and there are hours.
 * `30`, `30s`, `500ms`, `5m`, `1h`.
 *
 * @param name The flag, for the message.
 * @throws {CupelError} `bad-input` for anything else.
 */
export function parseSeconds(name: string, text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|)$/i.exec(text.trim()) ?? [];
  const ms = number === undefined ? 0 : parseDuration(name, inUnitsOfDurations(number, unit));
  if (ms > 0) return ms;
  throw refuse(name, "a duration above 0 such as 30s, 5m, 1h or 30 (seconds)", text);
}

function inUnitsOfDurations(number: string, unit = ""): string {
  if (unit === "") return `${number}s`;
  return /^h$/i.test(unit) ? `${Number(number) * MINUTES_OF_AN_HOUR}m` : `${number}${unit}`;
}

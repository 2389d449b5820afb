import { parseDuration } from "./duration.ts";
import { refuse } from "./refuse.ts";

/** A year of 365 days: who says more means something else. */
const MOST_HOURS = 8760;
const MS_OF_AN_HOUR = 3_600_000;

/**
 * A duration above 0 in milliseconds, at most a year, as people give lifetimes: a number alone is of seconds. `30`,
 * `30s`, `500ms`, `5m`, `1h`.
 *
 * @param name The flag, for the message.
 * @throws {CupelError} `bad-input` for anything else.
 */
export function parseSeconds(name: string, text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|)$/i.exec(text.trim()) ?? [];
  const ms = number === undefined ? 0 : parseDuration(name, `${number}${unit || "s"}`);
  if (ms > 0 && ms <= MOST_HOURS * MS_OF_AN_HOUR) return ms;
  const range = `a duration above 0, at most ${MOST_HOURS}h`;
  throw refuse(name, `${range}, such as 30s, 5m, 1h or 30 (seconds)`, text);
}

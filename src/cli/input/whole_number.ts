import { refuse } from "./refuse.ts";

/**
 * A whole number in decimal digits; underscores may group them, as in `1_000_000`.
 *
 * @param name The flag, for the message.
 * @throws {CupelError} `bad-input` for anything else, and outside of `min..max`.
 */
export function parseWholeNumber(name: string, text: string, min: number, max: number): number {
  const value = /^\d+(_\d+)*$/.test(text) ? Number(text.replaceAll("_", "")) : NaN;
  if (value >= min && value <= max) return value;
  throw refuse(name, `a whole number from ${min} to ${max}`, text);
}

import { refuse } from "./refuse.ts";

/**
 * A share from 0 to 1: `0.02`, or `2%`.
 *
 * @param name The flag, for the message.
 * @throws {CupelError} `bad-input` for anything else.
 */
export function parseRate(name: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?|\.\d+)(%?)$/.exec(text.trim());
  const value = match === null ? NaN : Number(match[1]) / (match[2] === "%" ? 100 : 1);
  if (value >= 0 && value <= 1) return value;
  throw refuse(name, "a share from 0 to 1, such as 0.02 or 2%", text);
}

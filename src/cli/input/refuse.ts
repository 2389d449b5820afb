import { cut } from "../../../sandbox/cut.ts";
import { CupelError } from "../../errors.ts";

const MOST_SHOWN = 60;

/**
 * The error for a value that cannot be used: which, what it must be, and what it is.
 *
 * @param name The flag or argument, as the user knows it.
 * @param accepted What it must be, to follow "must be".
 */
export function refuse(name: string, accepted: string, value: string): CupelError {
  const shown = cut(value, MOST_SHOWN);
  return new CupelError(
    "bad-input",
    `Cannot use ${name} as it must be ${accepted}: current value is "${shown}"`,
  );
}

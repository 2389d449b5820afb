import type { OptionSpec, OptionValues } from "../command.ts";
import { parseWholeNumber } from "./whole_number.ts";

const MOST_SEED = 4_294_967_295;

/** The option for the seed from which everything random derives. */
export const SEED_OPTION: OptionSpec = {
  flags: "--seed <number>",
  description: `where randomness starts: the same seed gives the same result, 0 to ${MOST_SEED}`,
  defaultText: "42",
};

/**
 * The seed that the options ask for.
 *
 * @throws {CupelError} `bad-input` for anything but an unsigned 32-bit integer.
 */
export function parseSeed({ seed }: OptionValues): number {
  return typeof seed === "string" ? parseWholeNumber("--seed", seed, 0, MOST_SEED) : 42;
}

import { CupelError } from "../../errors.ts";
import type { OptionValues } from "../command.ts";

/** Options that say nothing without each other: by what they are among the options, and their flags. */
const PAIRS = [
  [["natsUser", "--nats-user"], ["natsPasswordFile", "--nats-password-file"]],
  [["tlsCert", "--tls-cert"], ["tlsKey", "--tls-key"]],
] as const;

/**
 * Refuses what says by halves, or twice, who we are to a server.
 *
 * @throws {CupelError} `bad-input`, naming the options.
 */
export function refuseUnfitLogin(options: OptionValues): void {
  const isGiven = (option: string) => options[option] !== undefined;
  if (isGiven("natsCreds") && (isGiven("natsUser") || isGiven("natsPasswordFile"))) {
    const other = isGiven("natsUser") ? "--nats-user" : "--nats-password-file";
    throw unfit(`${other} with --nats-creds`, "one of them must say who we are");
  }
  for (const [one, other] of PAIRS) {
    for (const [[option, flag], [needed, missing]] of [[one, other], [other, one]] as const) {
      if (isGiven(option) && !isGiven(needed)) {
        throw unfit(flag, `it must go with ${missing}: there is none`);
      }
    }
  }
}

function unfit(what: string, why: string): CupelError {
  return new CupelError("bad-input", `Cannot use ${what} as ${why}`);
}

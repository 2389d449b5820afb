import { addressFault, hasLogin } from "../../cluster/server_address.ts";
import { CupelError } from "../../errors.ts";
import { splitList } from "./list.ts";

const FLAG = "--nats";

/** Most servers of one cluster. */
const MOST_SERVERS = 100;

/**
 * Addresses of servers of one NATS cluster: `nats://one:4222,nats://other:4222`.
 *
 * @throws {CupelError} `bad-input` where one cannot be used. A password in one is not repeated.
 */
export function parseServers(text: string): string[] {
  if (hasLogin(text)) {
    throw new CupelError(
      "bad-input",
      `Cannot use ${FLAG} as it must not hold a user, a password or a token: use --nats-user with ` +
        "--nats-password-file, or --nats-creds",
    );
  }
  const servers = splitList(text);
  if (servers.length === 0 || servers.includes("")) {
    throw fault("must be addresses of NATS servers, with one comma between two", text);
  }
  if (servers.length > MOST_SERVERS) {
    throw fault(`must be at most ${MOST_SERVERS} addresses`, `${servers.length} addresses`);
  }
  for (const server of servers) {
    const why = addressFault(server);
    if (why !== undefined) throw fault(why, server);
  }
  return servers;
}

function fault(must: string, value: string): CupelError {
  return new CupelError(
    "bad-input",
    `Cannot use ${FLAG} as it ${must}: current value is ${JSON.stringify(value)}`,
  );
}

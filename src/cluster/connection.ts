import {
  type Authenticator,
  connect,
  type ConnectionOptions,
  credsAuthenticator,
  type NatsConnection,
} from "@nats-io/transport-node";
import { CupelError } from "../errors.ts";
import type { Credentials } from "./credentials.ts";
import { noCredentials, readLogin } from "./login.ts";
import { serverIdentity } from "./server_identity.ts";

/** How a cluster is reached. */
export interface ConnectionSettings extends Credentials {
  /** Addresses of servers of one cluster: `nats://host:4222`. */
  servers: string[];
  /** What the server calls the connection. */
  name: string;
  /** Milliseconds to wait for the first connection. */
  timeoutMs?: number;
}

const FIRST_TIMEOUT_MS = 5000;

/** Milliseconds between two tries to connect again. */
const RECONNECT_WAIT_MS = 250;

/**
 * Connects to a NATS server. A connection that breaks later is made again, for as long as it takes.
 *
 * @throws {CupelError} `bad-input` where no server answers, none lets us in, or a file cannot be used.
 */
export async function connectTo(settings: ConnectionSettings): Promise<NatsConnection> {
  const { servers, name, timeoutMs = FIRST_TIMEOUT_MS } = settings;
  const credentials = await connectionOptions(settings);
  // The library takes what the server offers: without `tls`, tls:// would do without where it offers none.
  const isSafe = credentials.tls != null || servers.some((server) => server.startsWith("tls:"));
  const tls = isSafe
    ? { tls: { ...credentials.tls, checkServerIdentity: serverIdentity(servers) } }
    : {};
  try {
    return await connect({
      servers,
      name,
      timeout: timeoutMs,
      maxReconnectAttempts: -1,
      reconnectTimeWait: RECONNECT_WAIT_MS,
      ...credentials,
      ...tls,
    });
  } catch (cause) {
    throw new CupelError(
      "bad-input",
      `Cannot connect to NATS at ${servers.join(", ")}: ${reasonOf(cause)}`,
      { cause },
    );
  }
}

async function connectionOptions(credentials: Credentials): Promise<Partial<ConnectionOptions>> {
  const { user, credsFile } = credentials;
  const { password, creds, ca, cert, key } = await readLogin(credentials);
  const tls = {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
  return {
    ...(user === undefined ? {} : { user, inboxPrefix: inboxOf(user) }),
    ...(password === undefined ? {} : { pass: password }),
    ...(creds === undefined ? {} : { authenticator: authenticatorOf(creds, credsFile) }),
    ...(Object.keys(tls).length === 0 ? {} : { tls }),
  };
}

/** @throws {CupelError} `bad-input` where the text is none of a user's credentials. */
function authenticatorOf(creds: string, path: string | undefined): Authenticator {
  const authenticator = credsAuthenticator(new TextEncoder().encode(creds));
  try {
    // It would say so at the first connection, without the file's name.
    authenticator("");
  } catch (cause) {
    throw noCredentials(path, cause);
  }
  return authenticator;
}

/** Answers to a user come to subjects of its own, so that no other user may listen to them. */
function inboxOf(user: string): string {
  return `_INBOX_${user.replaceAll(/[^A-Za-z0-9-]/g, "_")}`;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "AuthorizationError") return "the server refuses the credentials";
  if (error.name === "TimeoutError") return "nothing answered in time";
  if (/certificate/.test(error.message)) {
    return `${error.message} (--tls-ca names those that the server's is checked by)`;
  }
  return error.message === "" ? error.name : error.message;
}

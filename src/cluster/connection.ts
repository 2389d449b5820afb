import { connect, type NatsConnection } from "@nats-io/transport-node";
import { CupelError } from "../errors.ts";

/** How a cluster is reached. */
export interface ConnectionSettings {
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
 * @throws {CupelError} `bad-input` where no server answers, or none lets us in.
 */
export async function connectTo(
  { servers, name, timeoutMs = FIRST_TIMEOUT_MS }: ConnectionSettings,
): Promise<NatsConnection> {
  try {
    return await connect({
      servers,
      name,
      timeout: timeoutMs,
      maxReconnectAttempts: -1,
      reconnectTimeWait: RECONNECT_WAIT_MS,
    });
  } catch (cause) {
    throw new CupelError(
      "bad-input",
      `Cannot connect to NATS at ${servers.join(", ")}: ${reasonOf(cause)}`,
      { cause },
    );
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "AuthorizationError") return "the server refuses the credentials";
  if (error.name === "TimeoutError") return "nothing answered in time";
  return error.message === "" ? error.name : error.message;
}

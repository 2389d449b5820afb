import { isIPv6 } from "node:net";

const MOST_PORT = 65_535;

/** A host, or an IPv6 address in brackets, and what may be a port. */
const ADDRESS = /^(?:nats|tls):\/\/(\[[^\s/\]]*\]|[^\s/:[\]?#]+)(?::([^\s/:]*))?$/;

/**
 * What is wrong with the address of a NATS server, to follow "it"; nothing where it can be used. The address is not
 * repeated: it may hold a password.
 *
 * @example
 * ```ts
 * addressFault("nats://[::1]:4222"); // undefined
 * addressFault("nats://host:0"); // "must have a port from 1 to 65535"
 * ```
 */
export function addressFault(text: string): string | undefined {
  if (hasLogin(text)) return "must not hold a user, a password or a token";
  const [, host = "", port] = ADDRESS.exec(text) ?? [];
  const isHost = host !== "" && URL.canParse(`nats://${host}`) &&
    (!host.startsWith("[") || isIPv6(host.slice(1, -1)));
  if (!isHost) {
    return "must be the address of a NATS server, such as nats://127.0.0.1:4222 or tls://[::1]:4222";
  }
  if (port === undefined || isPort(port)) return undefined;
  return `must have a port from 1 to ${MOST_PORT}`;
}

/** Whether an address, or a list of them, says who we are: messages must not show it then. */
export function hasLogin(text: string): boolean {
  return text.includes("@");
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_PORT;
}

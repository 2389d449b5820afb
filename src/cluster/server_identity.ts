import { isIP } from "node:net";
import { checkServerIdentity, type PeerCertificate } from "node:tls";

/** What a name stands for of which the NATS library knows nothing: it gives TLS no name for an address. */
const UNNAMED = "localhost";

/**
 * Checks whose certificate a server shows. The NATS library names servers to TLS, but not those that are given
 * by their address: TLS takes them for `localhost` then, on some runtimes. Those must show a certificate of
 * one of the addresses that were given.
 *
 * @param servers As `tls://10.0.0.7:4222`.
 * @returns What `tls.connect` asks (Node's TLS, `checkServerIdentity`): it gives what is wrong, if anything is.
 */
export function serverIdentity(
  servers: readonly string[],
): (host: string, certificate: PeerCertificate) => Error | undefined {
  const hosts = servers.map((server) => new URL(server).hostname.replace(/^\[(.*)\]$/, "$1"));
  const addresses = hosts.filter((host) => isIP(host) !== 0);
  return (host, certificate) => {
    const isAddress = host === UNNAMED && addresses.length > 0;
    const wanted = isAddress ? addresses : [host];
    // Somebody may give both: `tls://localhost` and an address.
    const all = isAddress && hosts.includes(UNNAMED) ? [...wanted, UNNAMED] : wanted;
    const errors = all.map((one) => checkServerIdentity(one, certificate));
    return errors.includes(undefined) ? undefined : errors[0];
  };
}

import type { PeerCertificate } from "node:tls";
import { describe, expect, test } from "vitest";
import { serverIdentity } from "../../src/cluster/server_identity.ts";

/** A certificate of these alternative names; nothing else of it is looked at. */
function certificateOf(subjectaltname: string): PeerCertificate {
  return { subject: { CN: "" }, subjectaltname } as PeerCertificate;
}

describe("the certificate that a server shows", () => {
  // What TLS is told of a server that is given by its address.
  const UNNAMED = "localhost";
  test.each<[string[], string, string, boolean]>([
    [["tls://10.0.0.7:4222"], UNNAMED, "IP Address:10.0.0.7", true],
    [["tls://10.0.0.7:4222"], UNNAMED, "IP Address:10.0.0.8", false],
    [["tls://10.0.0.7:4222"], UNNAMED, "DNS:localhost", false],
    [["tls://10.0.0.7:4222"], "10.0.0.7", "IP Address:10.0.0.7", true],
    [["tls://10.0.0.7", "tls://10.0.0.8"], UNNAMED, "IP Address:10.0.0.8", true],
    [["tls://localhost:4222"], UNNAMED, "DNS:localhost", true],
    [["tls://localhost:4222", "tls://10.0.0.7:4222"], UNNAMED, "DNS:localhost", true],
    [["tls://broker.example.org"], "broker.example.org", "DNS:broker.example.org", true],
    [["tls://broker.example.org"], "broker.example.org", "DNS:other.example.org", false],
    [["tls://[::1]:4222"], UNNAMED, "IP Address:0:0:0:0:0:0:0:1", true],
  ])("of %o, called %s, with %s: %s", (servers, host, names, isRight) => {
    const error = serverIdentity(servers)(host, certificateOf(names));
    expect(error === undefined).toBe(isRight);
  });
});

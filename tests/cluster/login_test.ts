import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Credentials } from "../../src/cluster/credentials.ts";
import { connectTo } from "../../src/cluster/connection.ts";
import { readLogin } from "../../src/cluster/login.ts";
import { Folder } from "../cli/cupel.ts";

/** Only what it begins with is looked at: the rest is for TLS. */
const CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

const files: Record<string, string> = {};
let folder: Folder;
beforeAll(() => {
  folder = new Folder();
  const pair = (passphrase?: string) =>
    generateKeyPairSync("ed25519", {
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: {
        type: "pkcs8",
        format: "pem",
        ...(passphrase === undefined ? {} : { cipher: "aes-256-cbc", passphrase }),
      },
    });
  const texts = {
    certificate: `made by hand\n${CERTIFICATE}`,
    key: pair().privateKey,
    locked: pair("secret").privateKey,
    text: "hello\n",
    empty: " \n",
    cut: CERTIFICATE.replace("MIIB", "MII"),
    nonsense: CERTIFICATE.replace("MIIB", "AAAA"),
    password: "secret\n",
  };
  for (const [name, text] of Object.entries(texts)) files[name] = folder.write(name, text);
  files["folder"] = folder.path;
  files["none"] = `${folder.path}/none`;
  files["nothing"] = "";
});
afterAll(() => folder.dispose());

test("files that say who we are are read, and a password without the end of its line", async () => {
  const { password: passwordFile, certificate, key } = files;
  const login = await readLogin({
    passwordFile,
    tlsCaFile: certificate,
    tlsCertFile: certificate,
    tlsKeyFile: key,
  });
  expect(login.password).toBe("secret");
  expect(login.ca).toContain(CERTIFICATE);
  expect(login.cert).toContain(CERTIFICATE);
  expect(login.key).toMatch(/^-----BEGIN PRIVATE KEY-----/);
});

describe("a file that cannot be used is named, with its flag, before anybody is asked", () => {
  test.each<[keyof Credentials, string, RegExp]>([
    [
      "passwordFile",
      "empty",
      /^Cannot use .*\(--nats-password-file\) in ".*empty" as it is empty$/,
    ],
    ["passwordFile", "none", /^Cannot read .*\(--nats-password-file\) from .*: it is not there$/],
    ["passwordFile", "folder", /^Cannot read .*\(--nats-password-file\) from .*: it is a folder$/],
    ["credsFile", "empty", /^Cannot use .*\(--nats-creds\) in ".*" as it must hold a user's JWT/],
    ["credsFile", "text", /^Cannot use .*\(--nats-creds\) in ".*" as it must hold a user's JWT/],
    ["tlsCaFile", "text", /\(--tls-ca\) in ".*text" as it must hold certificates in PEM$/],
    ["tlsCaFile", "empty", /\(--tls-ca\) in ".*empty" as it must hold certificates in PEM$/],
    ["tlsCaFile", "key", /\(--tls-ca\) in ".*key" as it must hold certificates in PEM$/],
    ["tlsCaFile", "cut", /\(--tls-ca\) in ".*cut" as it must hold certificates in PEM$/],
    ["tlsCaFile", "nonsense", /\(--tls-ca\) in ".*nonsense" as it must hold certificates in PEM$/],
    ["tlsCaFile", "nothing", /^Cannot read .*\(--tls-ca\) from "": it is not there$/],
    ["tlsCertFile", "key", /\(--tls-cert\) in ".*key" as it must hold a certificate in PEM$/],
    ["tlsKeyFile", "certificate", /\(--tls-key\) in ".*" as it must hold a private key in PEM/],
    ["tlsKeyFile", "locked", /\(--tls-key\) in ".*locked" as .* in PEM, without a passphrase$/],
    ["tlsKeyFile", "none", /^Cannot read .*\(--tls-key\) from ".*none": it is not there$/],
  ])("%s: %s", async (option, name, message) => {
    // Nobody is there: who asked would hear of that.
    const settings = { servers: ["nats://127.0.0.1:1"], name: "test", [option]: files[name] };
    await expect(connectTo(settings)).rejects.toThrow(message);
  });
});

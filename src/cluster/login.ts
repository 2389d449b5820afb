import type { Credentials } from "./credentials.ts";
import { CupelError } from "../errors.ts";
import { readSecret } from "./secret_file.ts";

/** What the files hold that say who we are to a server, and whom we believe. */
export interface Login {
  password: string | undefined;
  /** A user's JWT and seed. */
  creds: string | undefined;
  ca: string | undefined;
  cert: string | undefined;
  key: string | undefined;
}

/** What messages call a file: by what it is, and the flag that names it. */
const PASSWORD = "the NATS password (--nats-password-file)";
const CREDS = "the NATS credentials (--nats-creds)";
const CA = "the certificate authority (--tls-ca)";
const CERT = "the certificate (--tls-cert)";
const KEY = "the certificate's key (--tls-key)";

const CERTIFICATE = /^CERTIFICATE$/;
const PRIVATE_KEY = /^(RSA |EC )?PRIVATE KEY$/;

/**
 * Reads the files that say who we are to a server, and whom we believe.
 *
 * @throws {CupelError} `bad-input`, naming the file and its flag, where one cannot be read or holds something else.
 */
export async function readLogin(credentials: Credentials): Promise<Login> {
  const { passwordFile, credsFile, tlsCaFile, tlsCertFile, tlsKeyFile } = credentials;
  const [password, creds, ca, cert, key] = await Promise.all([
    readSecret(PASSWORD, passwordFile),
    readSecret(CREDS, credsFile),
    readSecret(CA, tlsCaFile),
    readSecret(CERT, tlsCertFile),
    readSecret(KEY, tlsKeyFile),
  ]);
  if (password?.trim() === "") throw unfit(PASSWORD, passwordFile, "it is empty");
  refuseUnlessPem(CA, tlsCaFile, ca, CERTIFICATE, "certificates in PEM");
  refuseUnlessPem(CERT, tlsCertFile, cert, CERTIFICATE, "a certificate in PEM");
  refuseUnlessPem(KEY, tlsKeyFile, key, PRIVATE_KEY, "a private key in PEM, without a passphrase");
  return { password: password?.trimEnd(), creds, ca, cert, key };
}

/** What to throw where a file holds no user's credentials. */
export function noCredentials(path: string | undefined, cause: unknown): CupelError {
  return unfit(CREDS, path, "it must hold a user's JWT and seed, as nsc makes it", cause);
}

/** TLS would say so when it connects, in the words of each runtime's library, and without the file's name. */
function refuseUnlessPem(
  what: string,
  path: string | undefined,
  text: string | undefined,
  label: RegExp,
  wanted: string,
): void {
  if (text === undefined || labelsOf(text).some((one) => label.test(one))) return;
  throw unfit(what, path, `it must hold ${wanted}`);
}

/** What the blocks of a PEM text (RFC 7468) are called whose content is base64 of DER. */
function labelsOf(text: string): string[] {
  const blocks = text.matchAll(/-----BEGIN ([^-]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----/g);
  return [...blocks].filter(([, , body = ""]) => isSequence(body)).map(([, label = ""]) => label);
}

/** Whether base64 is whole, and its DER begins with the tag of a sequence, as certificates and keys do. */
function isSequence(base64: string): boolean {
  const digits = base64.replaceAll(/\s/g, "");
  return /^M[A-P]/.test(digits) && digits.length % 4 === 0;
}

function unfit(what: string, path = "", why: string, cause?: unknown): CupelError {
  return new CupelError("bad-input", `Cannot use ${what} in "${path}" as ${why}`, { cause });
}

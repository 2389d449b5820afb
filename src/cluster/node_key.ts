import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";

/** Digits of a fingerprint: 128 bits of a SHA-256. */
const FINGERPRINT_DIGITS = 32;

/**
 * A node's Ed25519 key (RFC 8032). The node's name is the key's fingerprint, so that nobody else can sign in
 * its name, and nobody needs to be asked whose key it is.
 */
export interface NodeKey {
  /** The first 128 bits of the SHA-256 of the public key, as 32 lower-case hexadecimal digits. */
  readonly fingerprint: string;
  /** The public key: DER of its SubjectPublicKeyInfo (RFC 8410), in base64. */
  readonly publicKey: string;
  /** The signature of a message, in base64. */
  sign(message: Uint8Array): string;
}

/** A key that nobody had before. */
export function newNodeKey(): NodeKey {
  return nodeKeyOf(generateKeyPairSync("ed25519").privateKey);
}

/** Text of a new private key, for a file: PKCS #8 in PEM. */
export function newKeyText(): string {
  return `${generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" })}`;
}

/** The key of such a text. @throws {TypeError} where it holds no Ed25519 private key. */
export function nodeKeyFrom(text: string): NodeKey {
  let key: KeyObject;
  try {
    key = createPrivateKey(text);
  } catch (cause) {
    throw new TypeError("must hold an Ed25519 private key in PEM", { cause });
  }
  if (key.asymmetricKeyType !== "ed25519") {
    throw new TypeError(`must hold an Ed25519 private key: it is of type ${key.asymmetricKeyType}`);
  }
  return nodeKeyOf(key);
}

function nodeKeyOf(key: KeyObject): NodeKey {
  const der = createPublicKey(key).export({ type: "spki", format: "der" });
  return {
    fingerprint: fingerprintOf(der),
    publicKey: der.toString("base64"),
    sign: (message) => sign(null, message, key).toString("base64"),
  };
}

/** What a node signed, as it came. */
export interface Signed {
  message: Uint8Array;
  /** As {@linkcode NodeKey} gives them. */
  publicKey: string;
  signature: string;
}

/** The fingerprint of the key that signed; nothing where the signature is none of this message. */
export function signerOf({ message, publicKey, signature }: Signed): string | undefined {
  const der = new Uint8Array(Buffer.from(publicKey, "base64"));
  try {
    const key = createPublicKey({ key: Buffer.from(der), type: "spki", format: "der" });
    if (key.asymmetricKeyType !== "ed25519") return undefined;
    const fits = verify(null, message, key, Buffer.from(signature, "base64"));
    return fits ? fingerprintOf(der) : undefined;
  } catch {
    return undefined; // No key at all: whoever sent it signed nothing.
  }
}

function fingerprintOf(der: Uint8Array): string {
  return createHash("sha256").update(der).digest("hex").slice(0, FINGERPRINT_DIGITS);
}

import { createHash } from "node:crypto";
import { basename } from "node:path";
import type { Grants, WasmArtifact } from "../artifact.ts";
import { SandboxError } from "../errors.ts";
import { readBytes } from "./source_file.ts";

/** Most bytes of a WebAssembly file. */
export const MAX_WASM_BYTES = 32 * 1024 * 1024;

/**
 * Reads a WebAssembly file: a component or a core module. What is in it is looked at inside of an isolate
 * only.
 *
 * @param path Where it is.
 * @param shown What the user calls it.
 * @param grants What a manifest grants to it.
 * @throws {SandboxError} `bad-source` for a file that cannot be read, is too large or is no WebAssembly.
 */
export async function readWasm(
  path: string,
  shown: string,
  grants?: Grants,
): Promise<WasmArtifact> {
  const bytes = await readBytes(path, shown, MAX_WASM_BYTES);
  return wasmArtifact(bytes, basename(shown), grants, shown);
}

/**
 * An artifact of WebAssembly bytes.
 *
 * @throws {SandboxError} `bad-source` for what is no WebAssembly.
 */
export function wasmArtifact(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  grants?: Grants,
  shown = name,
): WasmArtifact {
  const kind = kindOf(bytes);
  if (kind === undefined) {
    throw new SandboxError(
      "bad-source",
      `Cannot read ${shown} as it must be a WebAssembly component or core module in the binary format: ` +
        whatItIs(bytes),
    );
  }
  const sha256 = hashOf(bytes, grants);
  return grants === undefined
    ? { kind, bytes, sha256, name }
    : { kind, bytes, sha256, name, grants };
}

/** Bytes of the magic number and the version. */
const HEADER_BYTES = 8;

/** Bytes that are looked at to find whether a file is text. */
const PROBE_BYTES = 1000;

/** What is wrong with bytes that are no WebAssembly. */
function whatItIs(bytes: Uint8Array): string {
  if (bytes.length === 0) return "it is empty";
  const isStart = MAGIC.every((byte, at) => at >= bytes.length || bytes[at] === byte);
  if (isStart && bytes.length < HEADER_BYTES) return "it ends too early, as if cut off";
  const looksLikeText = bytes.subarray(0, PROBE_BYTES).every((byte) =>
    byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d
  );
  return looksLikeText ? "it looks like text" : "it does not start like one";
}

const MAGIC = [0x00, 0x61, 0x73, 0x6d];

/** Kinds by their version and layer, the two 16-bit numbers behind the magic one. */
const KINDS: ReadonlyMap<string, WasmArtifact["kind"]> = new Map([
  ["1,0,0,0", "module"],
  ["13,0,1,0", "component"],
]);

function kindOf(bytes: Uint8Array): WasmArtifact["kind"] | undefined {
  if (MAGIC.some((byte, at) => bytes[at] !== byte)) return undefined;
  return KINDS.get(bytes.subarray(4, 8).join());
}

/** Without grants the hash of the bytes; else that of a list of hashes that nothing else is the list of. */
function hashOf(bytes: Uint8Array, grants: Grants | undefined): string {
  const own = sha256(bytes);
  if (grants === undefined) return own;
  const files = [...grants.files].map(([path, content]) => [path, sha256(content)]).sort(byPath);
  return sha256(JSON.stringify({ module: own, args: grants.args, files }));
}

function sha256(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}

function byPath([a = ""]: string[], [b = ""]: string[]): number {
  return a < b ? -1 : Number(a > b);
}

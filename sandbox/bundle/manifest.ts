import { basename } from "node:path";
import type { Grants, WasmArtifact } from "../artifact.ts";
import { SandboxError } from "../errors.ts";
import { type ManifestFields, parseManifest } from "./manifest_fields.ts";
import { type ManifestPath, pathInManifest } from "./manifest_path.ts";
import { readBytes, readSource } from "./source_file.ts";
import { readWasm } from "./wasm_file.ts";

/** Most bytes of all files that a manifest grants. */
const MAX_GRANTED_BYTES = 64 * 1024 * 1024;

/**
 * Reads a guest's manifest, in TOML: which WebAssembly file it is, and what is granted to it. Paths of the
 * host are relative to the manifest's folder, and do not leave it.
 *
 * ```toml
 * module = "words.wasm"
 * args = ["--strict"]
 *
 * [files]
 * "/data/words.txt" = "words.txt"
 * ```
 *
 * @throws {SandboxError} `bad-source`, naming the file and the field.
 */
export async function readManifest(path: string, shown: string): Promise<WasmArtifact> {
  const manifest = { path, shown };
  const fields = parseManifest(await readSource(path, shown));
  if ("refused" in fields) throw bad(shown, fields.refused);
  const { module, args } = fields;
  const grants: Grants = { args, files: await readFiles(manifest, fields) };
  const { wasm, artifact } = await ofField(shown, "module", async () => {
    const wasm = await place(manifest, "module", module);
    return { wasm, artifact: await readWasm(wasm.path, wasm.shown, grants) };
  });
  if (artifact.kind === "component" && (args.length > 0 || grants.files.size > 0)) {
    const field = args.length > 0 ? "args" : "files";
    throw bad(shown, `${field} must be left out as ${wasm.shown} is a component, which has none`);
  }
  return { ...artifact, name: basename(shown) };
}

async function readFiles(
  manifest: ManifestPath,
  { files }: ManifestFields,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const contents = new Map<string, Uint8Array<ArrayBuffer>>();
  let left = MAX_GRANTED_BYTES;
  for (const [guest, host] of Object.entries(files)) {
    const field = `files.${JSON.stringify(guest)}`;
    const most = left;
    const bytes = await ofField(manifest.shown, field, async () => {
      const { path, shown } = await place(manifest, field, host);
      return await readBytes(path, shown, most);
    });
    left -= bytes.length;
    contents.set(guest, bytes);
  }
  return contents;
}

async function place(manifest: ManifestPath, field: string, file: string): Promise<ManifestPath> {
  const found = await pathInManifest(manifest, file);
  if ("refused" in found) throw bad(manifest.shown, `${field} ${found.refused}`);
  return found;
}

/** Reads what a field names; what is wrong with the file is said of the manifest and the field. */
async function ofField<T>(shown: string, field: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const [, why] = cause instanceof SandboxError
      ? /^Cannot read (.*)$/s.exec(cause.message) ?? []
      : [];
    if (why === undefined) throw cause;
    const isFolder = field !== "module" && why.endsWith("it is a directory, not a file");
    const advice = isFolder ? "; list its files one by one" : "";
    throw bad(shown, `${field} names what cannot be read: ${why}${advice}`, cause);
  }
}

function bad(shown: string, why: string, cause?: unknown): SandboxError {
  return new SandboxError("bad-source", `Cannot use ${shown} as a guest's manifest: ${why}`, {
    cause,
  });
}

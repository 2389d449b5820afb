import { basename, dirname, join } from "node:path";
import { parse as parseToml } from "smol-toml";
import * as z from "zod";
import type { Grants, WasmArtifact } from "../artifact.ts";
import { SandboxError } from "../errors.ts";
import { readBytes, readSource } from "./source_file.ts";
import { readWasm } from "./wasm_file.ts";

/** Most bytes of all files that a manifest grants. */
const MAX_GRANTED_BYTES = 64 * 1024 * 1024;
const MOST_FILES = 1000;
const MOST_ARGUMENTS = 100;

const PATH = /^(\/[^/\0]+)+$/;
const guestPath = z.string().max(1000).refine(
  (path) => PATH.test(path) && !path.split("/").some((part) => part === "." || part === ".."),
  "must be an absolute path of the guest, such as /data/words.txt",
);

const manifest = z.strictObject({
  module: z.string().min(1),
  args: z.array(z.string().max(10_000).regex(/^[^\0]*$/, "must not hold a null character"))
    .max(MOST_ARGUMENTS).default([]),
  files: z.record(guestPath, z.string().min(1)).default({}),
});

/**
 * Reads a guest's manifest, in TOML: which WebAssembly file it is, and what is granted to it. Paths of the
 * host are relative to the manifest's folder.
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
  const { module, args, files } = parseManifest(await readSource(path, shown), shown);
  const near = (file: string) => [join(dirname(path), file), join(dirname(shown), file)] as const;
  const entries = Object.entries(files);
  if (entries.length > MOST_FILES) {
    throw bad(shown, `files must be at most ${MOST_FILES}: current value is ${entries.length}`);
  }
  const granted: Grants = { args, files: await readAll(entries, near) };
  const artifact = await readWasm(...near(module), granted);
  return { ...artifact, name: basename(shown) };
}

async function readAll(
  entries: readonly (readonly [string, string])[],
  near: (file: string) => readonly [string, string],
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  let left = MAX_GRANTED_BYTES;
  for (const [guest, host] of entries) {
    const bytes = await readBytes(...near(host), left);
    left -= bytes.length;
    files.set(guest, bytes);
  }
  return files;
}

function parseManifest(text: string, shown: string): z.infer<typeof manifest> {
  let toml: unknown;
  try {
    toml = parseToml(text);
  } catch (error) {
    const [why = ""] = error instanceof Error ? error.message.split("\n") : [String(error)];
    throw bad(shown, why);
  }
  const parsed = manifest.safeParse(toml);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  throw bad(shown, `${field === "" ? "" : `${field}: `}${issue?.message}`);
}

function bad(shown: string, why: string): SandboxError {
  return new SandboxError("bad-source", `Cannot use ${shown} as a guest's manifest: ${why}`);
}

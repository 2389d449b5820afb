import { extname } from "node:path";
import type { Artifact, WasmArtifact } from "../artifact.ts";
import { bundle } from "./bundle.ts";
import { readManifest } from "./manifest.ts";
import { readWasm } from "./wasm_file.ts";

/** What a file of user code must be, for messages. */
export const ARTIFACT_FILES =
  "a TypeScript or JavaScript file, a WebAssembly file (.wasm) or a guest's manifest (.toml)";

/**
 * Makes an artifact of a file of user code, whatever it is written in: by its extension.
 *
 * @throws {SandboxError} `bad-source`, naming the file, for what cannot be read or bundled.
 */
export function readArtifact(file: string): Promise<Artifact> {
  return isWasmFile(file) ? readWasmArtifact(file) : bundle({ entry: file });
}

/**
 * Makes an artifact of a WebAssembly file, or of a manifest.
 *
 * @throws {SandboxError} `bad-source`, naming the file, for what cannot be read.
 */
export function readWasmArtifact(file: string): Promise<WasmArtifact> {
  const isManifest = extname(file).toLowerCase() === ".toml";
  return isManifest ? readManifest(file, file) : readWasm(file, file);
}

/** Whether a file is WebAssembly or stands for it, by its extension. */
export function isWasmFile(file: string): boolean {
  return [".wasm", ".toml"].includes(extname(file).toLowerCase());
}

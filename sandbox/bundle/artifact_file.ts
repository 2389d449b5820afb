import { extname } from "node:path";
import type { Artifact, WasmArtifact } from "../artifact.ts";
import { bundle } from "./bundle.ts";
import { SandboxError } from "../errors.ts";
import { readManifest } from "./manifest.ts";
import { SOURCE_EXTENSIONS } from "./source_file.ts";
import { readWasm } from "./wasm_file.ts";

/** What a file of user code must be, for messages. */
export const ARTIFACT_FILES =
  "a TypeScript or JavaScript file, a WebAssembly file (.wasm) or a guest's manifest (.toml)";

/** Extensions of languages that are compiled, and of the text format of WebAssembly. */
const COMPILED =
  (".adb .c .cc .cpp .cs .cxx .f90 .go .h .hs .java .kt .ml .nim .pas .rs .swift .v .wast .wat " +
    ".zig").split(" ");

/** @throws {SandboxError} `bad-source` for a file whose extension is none that user code has. */
function checkExtension(file: string): void {
  const extension = extname(file).toLowerCase();
  if (isWasmFile(file) || SOURCE_EXTENSIONS.includes(extension)) return;
  throw new SandboxError(
    "bad-source",
    `Cannot use ${file} as its extension must be one of ${
      SOURCE_EXTENSIONS.join(", ")
    }, .wasm, or .toml for ` +
      `a guest's manifest: current value is ${extension === "" ? "none" : extension}${
        adviceOn(file)
      }`,
  );
}

/** What helps with a file that is not WebAssembly yet, to follow a message; "" where nothing is known. */
export function adviceOn(file: string): string {
  const extension = extname(file).toLowerCase();
  if ([".o", ".obj", ".a"].includes(extension)) {
    return "; link it first, with wasm-ld or by clang (docs/guests.md says how)";
  }
  return COMPILED.includes(extension)
    ? "; compile it to WebAssembly first (docs/guests.md says how)"
    : "";
}

/**
 * Makes an artifact of a file of user code, whatever it is written in: by its extension.
 *
 * @throws {SandboxError} `bad-source`, naming the file, for what cannot be read or bundled.
 */
export async function readArtifact(file: string): Promise<Artifact> {
  checkExtension(file);
  return await (isWasmFile(file) ? readWasmArtifact(file) : bundle({ entry: file }));
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

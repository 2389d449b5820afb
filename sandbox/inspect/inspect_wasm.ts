import { WasmFormatError } from "../../wasm/mod.ts";
import type { WasmArtifact } from "../artifact.ts";
import { ComponentFormatError, ComponentLoadError } from "../component/errors.ts";
import { SandboxError } from "../errors.ts";
import { inspectComponent } from "./inspect_component.ts";
import { inspectCore } from "./inspect_core.ts";
import type { Inspection } from "./inspection.ts";

/**
 * Says what is in a WebAssembly file, and whether it would be loaded. Nothing of it runs.
 *
 * @throws {SandboxError} `bad-source` for a file that cannot be read as what it claims to be.
 */
export function inspectWasm({ kind, name, bytes }: WasmArtifact): Inspection {
  try {
    return kind === "component" ? inspectComponent(bytes) : inspectCore(bytes);
  } catch (error) {
    const isKnown = error instanceof WasmFormatError || error instanceof ComponentFormatError ||
      error instanceof ComponentLoadError;
    if (!isKnown) throw error;
    throw new SandboxError("bad-source", `Cannot inspect ${name}: ${error.message}`, {
      cause: error,
    });
  }
}

import { WasmFormatError } from "../../wasm/mod.ts";
import type { Grants, WasmArtifact } from "../artifact.ts";
import { ComponentFormatError, ComponentLoadError } from "../component/errors.ts";
import { SandboxError } from "../errors.ts";
import { inspectComponent } from "./inspect_component.ts";
import { inspectCore } from "./inspect_core.ts";
import type { GrantFacts, Inspection } from "./inspection.ts";
import { refusalsOf, withoutStart } from "./try_out.ts";

/**
 * Says what is in a WebAssembly file, and whether it would be loaded. Nothing of it runs.
 *
 * @throws {SandboxError} `bad-source` for a file that cannot be read as what it claims to be.
 */
export function inspectWasm({ kind, name, bytes, grants }: WasmArtifact): Inspection {
  try {
    const facts = kind === "component" ? inspectComponent(bytes) : inspectCore(bytes);
    const refusals = facts.refusals.length > 0 ? facts.refusals : refusalsOf({ kind, bytes });
    return { ...facts, refusals, grants: grants === undefined ? null : grantFacts(grants) };
  } catch (error) {
    const isKnown = error instanceof WasmFormatError || error instanceof ComponentFormatError ||
      error instanceof ComponentLoadError;
    if (!isKnown) throw error;
    const why = withoutStart(error.message);
    throw new SandboxError("bad-source", `Cannot inspect ${name}: ${why}`, { cause: error });
  }
}

function grantFacts({ args, files }: Grants): GrantFacts {
  return {
    args: [...args],
    files: [...files].map(([path, content]) => ({ path, bytes: content.length })),
  };
}

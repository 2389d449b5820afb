import type { Grants, WasmArtifact } from "../artifact.ts";
import { ComponentLoadError } from "../component/errors.ts";
import { SandboxError } from "../errors.ts";
import { withoutStart } from "../format_reason.ts";
import { isFormatError, unsupportedRefusal } from "./format_refusal.ts";
import { inspectComponent } from "./inspect_component.ts";
import { inspectCore } from "./inspect_core.ts";
import type { GrantFacts, Inspection } from "./inspection.ts";
import { refusalsOf } from "./try_out.ts";

/**
 * Says what is in a WebAssembly file, and whether it would be loaded. Nothing of it runs.
 *
 * @throws {SandboxError} `bad-source` for a file that cannot be read as what it claims to be.
 */
export function inspectWasm({ kind, name, bytes, grants }: WasmArtifact): Inspection {
  const granted = grants === undefined ? null : grantFacts(grants);
  try {
    const facts = kind === "component" ? inspectComponent(bytes) : inspectCore(bytes, grants);
    const refusals = facts.refusals.length > 0 ? facts.refusals : refusalsOf({ kind, bytes });
    return { ...facts, refusals, grants: granted };
  } catch (error) {
    if (isFormatError(error) && error.code === "unsupported") {
      return {
        ...unread(kind, bytes.length),
        refusals: [unsupportedRefusal(error)],
        grants: granted,
      };
    }
    if (!isFormatError(error) && !(error instanceof ComponentLoadError)) throw error;
    const why = withoutStart(error.message);
    throw new SandboxError("bad-source", `Cannot inspect ${name}: ${why}`, { cause: error });
  }
}

/** All that is known of a file that uses what is refused before the rest of it is looked at. */
function unread(
  kind: WasmArtifact["kind"],
  bytes: number,
): Omit<Inspection, "refusals" | "grants"> {
  return {
    kind: kind === "component" ? "component" : "core module",
    bytes,
    isRead: false,
    imports: [],
    exports: [],
    omitted: { imports: 0, exports: 0 },
    memories: [],
    coreModules: 0,
    hint: null,
  };
}

function grantFacts({ args, files }: Grants): GrantFacts {
  return {
    args: [...args],
    files: [...files].map(([path, content]) => ({ path, bytes: content.length })),
  };
}

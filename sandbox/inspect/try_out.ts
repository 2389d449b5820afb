import type { WasmArtifact } from "../artifact.ts";
import { ComponentLoadError } from "../component/errors.ts";
import { prepareComponent } from "../component/prepare.ts";
import { withoutStart } from "../format_reason.ts";
import { DEFAULT_LIMITS } from "../limits.ts";
import { CoreLoadError } from "../wasi/errors.ts";
import { prepareCoreModule } from "../wasi/prepare.ts";
import { isFormatError, unsupportedRefusal } from "./format_refusal.ts";

/** The greatest that can be asked for, as nobody has asked yet. */
const LIMITS = { ...DEFAULT_LIMITS, memoryBytes: 2048 * 1024 * 1024 };

/**
 * Does all that is done with a file before it is instantiated: an engine has the last word on whether it is
 * valid. Nothing of it runs.
 *
 * @returns Why it is refused, each the end of a sentence about it.
 */
export function refusalsOf({ kind, bytes }: Pick<WasmArtifact, "kind" | "bytes">): string[] {
  try {
    if (kind === "component") prepareComponent(bytes, LIMITS);
    else prepareCoreModule(bytes, LIMITS);
    return [];
  } catch (error) {
    if (error instanceof ComponentLoadError || error instanceof CoreLoadError) {
      return [...error.reasons];
    }
    if (!isFormatError(error)) throw error;
    if (error.code === "unsupported") return [unsupportedRefusal(error)];
    return [`cannot be loaded: ${withoutStart(error.message)}`];
  }
}

import { WasmFormatError } from "../../wasm/mod.ts";
import type { WasmArtifact } from "../artifact.ts";
import { ComponentFormatError, ComponentLoadError } from "../component/errors.ts";
import { prepareComponent } from "../component/prepare.ts";
import { DEFAULT_LIMITS } from "../limits.ts";
import { CoreLoadError } from "../wasi/errors.ts";
import { prepareCoreModule } from "../wasi/prepare.ts";

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
    const isKnown = error instanceof WasmFormatError || error instanceof ComponentFormatError;
    if (!isKnown) throw error;
    return [
      `cannot be loaded: ${withoutStart(error.message)}`,
    ];
  }
}

/** A message about a module or component without what the one that it becomes part of says already. */
export function withoutStart(message: string): string {
  return message.replace(/^Cannot \w+ the (?:component|module): /, "");
}

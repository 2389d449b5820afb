import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import {
  type Artifact,
  bundle,
  DEFAULT_LIMITS,
  loadEngines,
  loadIsolate,
} from "../../sandbox/mod.ts";
import { kernelBytes } from "../kernels/kernel.ts";
import type { KernelName } from "../kernels/kernels.ts";

/** Units of fuel that no program of a bench needs. */
const FUEL = 1e15;

/** A kernel as users would bring it: a file of WebAssembly. */
export function kernelArtifact(name: KernelName): Artifact {
  const bytes = kernelBytes(name);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { kind: "module", bytes, sha256, name: `${name}.wasm` };
}

/** Its twin as users would bring it: a file of TypeScript. */
export function twinArtifact(name: KernelName): Promise<Artifact> {
  const url = new URL(`../kernels/twins/${name}.ts`, import.meta.url);
  return bundle({ entry: fileURLToPath(url) });
}

/**
 * Loads user code into an isolate of Cupel, on this thread.
 *
 * @returns What calls its function `run`, each time in a fresh state.
 */
export async function isolateOf(artifact: Artifact): Promise<(n: number) => number> {
  const limits = { ...DEFAULT_LIMITS, fuel: FUEL };
  const loaded = loadIsolate(await loadEngines([artifact]), artifact, limits);
  if (!loaded.ok) throw new Error(loaded.failure.message);
  return (n) => {
    const outcome = loaded.isolate.call("run", [n]);
    if (!outcome.ok) throw new Error(outcome.failure.message);
    return Number(outcome.value);
  };
}

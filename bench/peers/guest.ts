import { fileURLToPath } from "node:url";
import {
  type Artifact,
  bundle,
  DEFAULT_LIMITS,
  isolateLoader,
  loadEngines,
} from "../../sandbox/mod.ts";
import { wasmArtifact } from "../../sandbox/bundle/wasm_file.ts";
import { componentize } from "../../sandbox/componentize/componentize.ts";
import { kernelBytes } from "../kernels/kernel.ts";
import type { KernelName } from "../kernels/kernels.ts";

/** Units of fuel that no program of a bench needs. */
const FUEL = 1e15;

const KERNEL_WIT = "package cupel:kernel; world kernel { export run: func(n: s32) -> s32; }";

/** A kernel as users would bring it: a component. */
export async function kernelArtifact(name: KernelName): Promise<Artifact> {
  const shown = { core: `${name}.wasm`, wit: "kernel.wit" };
  const component = await componentize({ core: kernelBytes(name), wit: KERNEL_WIT, shown });
  return wasmArtifact(new Uint8Array(component), shown.core);
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
  const loadIsolate = await isolateLoader(await loadEngines([artifact]), [artifact]);
  const loaded = loadIsolate(artifact, limits);
  if (!loaded.ok) throw new Error(loaded.failure.message);
  return (n) => {
    const outcome = loaded.isolate.call("run", [n]);
    if (!outcome.ok) throw new Error(outcome.failure.message);
    return Number(outcome.value);
  };
}

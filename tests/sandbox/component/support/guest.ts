import { wasmArtifact } from "../../../../sandbox/bundle/wasm_file.ts";
import { componentRecipe } from "../../../../sandbox/component/loaded_component.ts";
import {
  type GuestIsolate,
  loadGuest,
  type LoadResult,
} from "../../../../sandbox/guest_isolate.ts";
import { DEFAULT_LIMITS, type Limits } from "../../../../sandbox/limits.ts";
import { assemble } from "./wat.ts";
import { isolateIn } from "../../outcomes.ts";

/** Loads a component, given as bytes or as text, under the default limits where nothing else is said. */
export async function loadComponentGuest(
  component: string | Uint8Array,
  limits: Partial<Limits> = {},
  stateful = false,
): Promise<LoadResult> {
  const bytes = typeof component === "string" ? await assemble(component) : component;
  const artifact = wasmArtifact(new Uint8Array(bytes), "guest.wasm");
  const all = { ...DEFAULT_LIMITS, ...limits };
  return loadGuest(componentRecipe(artifact, all), all, { stateful });
}

/** The isolate of a component that must load. */
export async function componentIsolate(
  component: string | Uint8Array,
  limits: Partial<Limits> = {},
  stateful = false,
): Promise<GuestIsolate> {
  return isolateIn(await loadComponentGuest(component, limits, stateful));
}

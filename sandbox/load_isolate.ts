import type { Artifact } from "./artifact.ts";
import { componentRecipe } from "./component/loaded_component.ts";
import { type IsolateOptions, loadGuest, type LoadResult } from "./guest_isolate.ts";
import type { InstanceObserver } from "./instance_observer.ts";
import type { Limits } from "./limits.ts";
import type { GuestRecipe } from "./loaded_guest.ts";
import type { QuickJsGuest } from "./quickjs/engine.ts";
import { loadQuickJs } from "./quickjs/engine.ts";
import { quickJsRecipe } from "./quickjs/loaded_quickjs.ts";
import { coreRecipe } from "./wasi/loaded_core.ts";

/** What guests run on that is the same for all of a kind: plain data that can be posted to a worker. */
export interface Engines {
  /** Left out where there is no JavaScript. */
  quickJs?: QuickJsGuest;
}

/** How an isolate is loaded. */
export interface LoadOptions extends IsolateOptions {
  /** What watches the isolate's instances, and can interrupt them. */
  observer?: InstanceObserver;
}

/** The engines that artifacts need. For the main thread. */
export async function loadEngines(artifacts: readonly Artifact[]): Promise<Engines> {
  const needsQuickJs = artifacts.some(({ kind }) => kind === "javascript");
  return needsQuickJs ? { quickJs: await loadQuickJs() } : {};
}

/**
 * Loads user code of any kind into an isolate of its own. What is wrong with the code is a failure of kind
 * `load`.
 */
export function loadIsolate(
  engines: Engines,
  artifact: Artifact,
  limits: Limits,
  options: LoadOptions = {},
): LoadResult {
  return loadGuest(recipeOf(engines, artifact, limits, options), limits, options);
}

function recipeOf(
  { quickJs }: Engines,
  artifact: Artifact,
  limits: Limits,
  { stateful = false, observer }: LoadOptions,
): GuestRecipe {
  if (artifact.kind !== "javascript") {
    const recipe = artifact.kind === "component" ? componentRecipe : coreRecipe;
    return recipe(artifact, limits, observer);
  }
  if (quickJs === undefined) throw new TypeError("Cannot load JavaScript without its engine");
  const options = { keepsState: stateful, ...(observer ? { observer } : {}) };
  return quickJsRecipe(quickJs, artifact, limits, options);
}

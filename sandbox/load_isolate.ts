import type { Artifact } from "./artifact.ts";
import type { Engines } from "./engines.ts";
import { loadGuest, type LoadOptions, type LoadResult } from "./guest_isolate.ts";
import type { Limits } from "./limits.ts";

/**
 * Loads user code into an isolate of its own, on this thread and in one go. What is wrong with the code is a
 * failure of kind `load`.
 */
export type LoadIsolate = (artifact: Artifact, limits: Limits, options?: LoadOptions) => LoadResult;

/**
 * Makes ready for artifacts like these. The code of a kind of guest that none of them is stays out: threads
 * for JavaScript start sooner without the runtime of components.
 *
 * @example
 * ```ts
 * const loadIsolate = await isolateLoader(await loadEngines([artifact]), [artifact]);
 * const loaded = loadIsolate(artifact, DEFAULT_LIMITS);
 * ```
 */
export async function isolateLoader(
  { quickJs }: Engines,
  artifacts: readonly Artifact[],
): Promise<LoadIsolate> {
  const has = (kind: Artifact["kind"]) => artifacts.some((artifact) => artifact.kind === kind);
  const javaScript = has("javascript") ? await import("./quickjs/isolate.ts") : undefined;
  const component = has("component") ? await import("./component/loaded_component.ts") : undefined;
  const core = has("module") ? await import("./wasi/loaded_core.ts") : undefined;
  return (artifact, limits, options = {}) => {
    if (artifact.kind === "javascript") {
      if (quickJs === undefined) throw new TypeError("Cannot load JavaScript without its engine");
      return ready(javaScript).loadQuickJsIsolate(quickJs, artifact, limits, options);
    }
    const makeRecipe = artifact.kind === "component"
      ? ready(component).componentRecipe
      : ready(core).coreRecipe;
    return loadGuest(makeRecipe(artifact, limits, options.observer), limits, options);
  };
}

function ready<T>(module: T | undefined): T {
  if (module === undefined) throw new TypeError("Cannot load a kind of guest not made ready for");
  return module;
}

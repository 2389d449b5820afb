import type { JavaScriptArtifact } from "../artifact.ts";
import { loadGuest, type LoadOptions, type LoadResult } from "../guest_isolate.ts";
import type { Limits } from "../limits.ts";
import type { QuickJsGuest } from "./engine.ts";
import { quickJsRecipe } from "./loaded_quickjs.ts";

/** Loads JavaScript into an isolate of its own. */
export function loadQuickJsIsolate(
  engine: QuickJsGuest,
  artifact: JavaScriptArtifact,
  limits: Limits,
  { stateful = false, observer }: LoadOptions = {},
): LoadResult {
  const options = { keepsState: stateful, ...(observer ? { observer } : {}) };
  return loadGuest(quickJsRecipe(engine, artifact, limits, options), limits, { stateful });
}

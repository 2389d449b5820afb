import type { JavaScriptArtifact } from "../artifact.ts";
import { type IsolateOptions, loadGuest, type LoadResult } from "../guest_isolate.ts";
import type { InstanceObserver } from "../instance_observer.ts";
import type { Limits } from "../limits.ts";
import type { QuickJsGuest } from "./engine.ts";
import { quickJsRecipe } from "./loaded_quickjs.ts";

/** How an isolate is loaded. */
export interface LoadOptions extends IsolateOptions {
  /** What watches the isolate's instances, and can interrupt them. */
  observer?: InstanceObserver;
}

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

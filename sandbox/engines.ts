import type { Artifact } from "./artifact.ts";
import { loadQuickJs, type QuickJsGuest } from "./quickjs/engine.ts";

/** What guests run on that is the same for all of a kind: plain data that can be posted to a worker. */
export interface Engines {
  /** Left out where there is no JavaScript. */
  quickJs?: QuickJsGuest;
}

/** The engines that artifacts need. For the main thread. */
export async function loadEngines(artifacts: readonly Artifact[]): Promise<Engines> {
  const needsQuickJs = artifacts.some(({ kind }) => kind === "javascript");
  return needsQuickJs ? { quickJs: await loadQuickJs() } : {};
}

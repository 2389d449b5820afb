import { createHash } from "node:crypto";
import type { JavaScriptArtifact } from "../../sandbox/artifact.ts";
import { DEFAULT_LIMITS } from "../../sandbox/limits.ts";
import { loadQuickJs } from "../../sandbox/quickjs/engine.ts";
import { loadQuickJsIsolate } from "../../sandbox/quickjs/isolate.ts";
import { microsecondsPerCall } from "../frame/timing.ts";
import { CASE, checkAnswer } from "./case.ts";

/**
 * Cupel's isolate, called from its own thread.
 *
 * @param options `stateful` leaves out the reset before each call.
 */
export async function cupelIsolate(options: { stateful: boolean }): Promise<number> {
  const artifact: JavaScriptArtifact = {
    kind: "javascript",
    code: CASE.source,
    sha256: createHash("sha256").update(CASE.source).digest("hex"),
    name: "case.js",
  };
  const guest = await loadQuickJs();
  const loaded = loadQuickJsIsolate(guest, artifact, DEFAULT_LIMITS, options);
  if (!loaded.ok) throw new Error(loaded.failure.message);
  const call = () => loaded.isolate.call(CASE.entry, CASE.args);
  const outcome = call();
  checkAnswer(outcome.ok ? JSON.stringify(outcome.value) : outcome.failure.message);
  return microsecondsPerCall(call, { warmUp: 5000, batches: 40, calls: 1000 });
}

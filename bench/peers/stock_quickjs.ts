import {
  newQuickJSWASMModuleFromVariant,
  shouldInterruptAfterDeadline,
} from "quickjs-emscripten-core";
import { DEFAULT_LIMITS } from "../../sandbox/limits.ts";
import { microsecondsPerCall } from "../frame/timing.ts";
import { CASE_SCRIPT, checkAnswer } from "./case.ts";

/**
 * quickjs-emscripten as its documentation says: a new runtime and context for each case, with the
 * limits that it offers.
 */
export async function stockQuickJs(): Promise<number> {
  const quickjs = await newQuickJSWASMModuleFromVariant(
    import("@jitl/quickjs-ng-wasmfile-release-sync"),
  );
  const call = () => {
    const runtime = quickjs.newRuntime();
    runtime.setMemoryLimit(DEFAULT_LIMITS.memoryBytes);
    runtime.setMaxStackSize(DEFAULT_LIMITS.stackBytes);
    const deadline = Date.now() + DEFAULT_LIMITS.deadlineMs;
    runtime.setInterruptHandler(shouldInterruptAfterDeadline(deadline));
    const context = runtime.newContext();
    const handle = context.unwrapResult(context.evalCode(CASE_SCRIPT));
    const answer = context.getString(handle);
    handle.dispose();
    context.dispose();
    runtime.dispose();
    return answer;
  };
  checkAnswer(call());
  return microsecondsPerCall(call, { warmUp: 200, batches: 20, calls: 50 });
}

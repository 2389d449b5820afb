/**
 * Isolates: untrusted code under hard limits, with copied values in and out and a fresh state for every
 * call.
 *
 * @module
 */
export type { Artifact, Grants, JavaScriptArtifact, WasmArtifact } from "./artifact.ts";
export { bundle, type BundleInput, type BundleOptions } from "./bundle/bundle.ts";
export { SandboxError, type SandboxErrorCode } from "./errors.ts";
export type { CallOptions, Isolate } from "./isolate.ts";
export { DEFAULT_LIMITS, type Limits, limitsSchema } from "./limits.ts";
export {
  type Failure,
  FAILURE_KINDS,
  type FailureKind,
  type Outcome,
  type OutputLevel,
  type OutputLine,
  type Usage,
} from "./outcome.ts";
export { runOnce, type RunOnceOptions } from "./pool/once.ts";
export { CLOCK_EPOCH_MS, FUEL_PER_NANOSECOND } from "./world/clock.ts";
export { loadQuickJs, prepareQuickJs, type QuickJsGuest } from "./quickjs/engine.ts";
export {
  GuestIsolate,
  type IsolateOptions,
  type LoadOptions,
  type LoadResult,
} from "./guest_isolate.ts";
export type { InstanceObserver } from "./instance_observer.ts";
export { type Engines, loadEngines } from "./engines.ts";
export { isolateLoader, type LoadIsolate } from "./load_isolate.ts";
export { CodecError, decode, encode } from "./values/codec.ts";
export type { TypedArray, Value } from "./values/value.ts";

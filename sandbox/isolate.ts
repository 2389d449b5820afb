import type { Outcome } from "./outcome.ts";
import type { Value } from "./values/value.ts";
import type { RandomSeed } from "./world/random.ts";

/** What may differ from call to call. */
export interface CallOptions {
  /** Seeds the guest's `Math.random`, or whatever else is random in its world. */
  seed?: RandomSeed | undefined;
  /** A lower fuel limit than the isolate's own, for this call. */
  fuel?: number;
}

/**
 * One metered guest instance, loaded with one piece of user code.
 *
 * The kernel is synchronous; it is driven from inside a worker thread. Each call starts from the
 * image taken after loading, unless the isolate is stateful.
 */
export interface Isolate {
  /** Names of what the user code exports, in the order in which it does. */
  exports(): string[];
  /** What `typeof` says of an export; undefined where there is none of that name. */
  exportType(name: string): string | undefined;
  /** Calls an exported function with copied arguments. Failures are outcomes, never throws. */
  call(name: string, args: readonly Value[], options?: CallOptions): Outcome;
  /** Puts the image back; the next call sees none of what earlier ones did. */
  reset(): void;
  /** Frees the instance. Calling it again does nothing. */
  dispose(): void;
}

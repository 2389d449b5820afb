import type { GuestIsolate, LoadResult } from "../../sandbox/guest_isolate.ts";
import type { Failure, Outcome } from "../../sandbox/outcome.ts";
import type { Value } from "../../sandbox/values/value.ts";

/** The isolate of a load that must succeed. */
export function isolateIn(result: LoadResult): GuestIsolate {
  if (result.ok) return result.isolate;
  throw new Error(result.failure.message);
}

/** The value of a call that must give one. */
export function valueOf(outcome: Outcome): Value {
  if (outcome.ok) return outcome.value;
  throw new Error(`${outcome.failure.kind}: ${outcome.failure.message}`);
}

/** The failure of a call or a load that must fail. */
export function failureOf(outcome: Outcome | LoadResult): Failure {
  if (!outcome.ok) return outcome.failure;
  throw new Error("it did not fail");
}

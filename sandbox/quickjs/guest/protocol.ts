/*
 * What the host and the prelude say to each other: only text crosses, in both directions.
 *
 * A call is four values: the arguments as a JSON array; the name of the export; the seed as a JSON
 * array of four numbers, or `undefined` to go on with the random numbers where they are; and whether
 * the arguments have tags of the codec (`true`) or are plain JSON (`false`).
 *
 * The answer is one of
 *   a text of the codec                    the value
 *   PENDING                                run the pending jobs, then ask `settle`
 *   FAILED + JSON [kind, message, stack]   the failure; `stack` may be empty
 *
 * The answer to a loaded module is a JSON array of `[name, type]` pairs, one for each export, or a
 * failure as above.
 */

/** First character of the answer that stands for a failure: no JSON text begins with it. */
export const FAILED = "!";

/** The answer while a promise is being waited for. */
export const PENDING = "?";

/** Failure kinds that the prelude itself can tell. */
export const GUEST_FAILURE_KINDS = ["exception", "bad-output", "stack", "memory"] as const;

/** One of {@linkcode GUEST_FAILURE_KINDS}. */
export type GuestFailureKind = (typeof GUEST_FAILURE_KINDS)[number];

/** What stack traces call the prelude; its frames are left out of them. */
export const PRELUDE_NAME = "cupel:prelude";

/** Captured, as the prelude uses it as well. */
const stringify: (text: string) => string = JSON.stringify;

/** The answer for a failure. */
export function failedAnswer(kind: GuestFailureKind, message: string, stack = ""): string {
  return FAILED + "[" + stringify(kind) + "," + stringify(message) + "," + stringify(stack) + "]";
}

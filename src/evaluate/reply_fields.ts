import type { Value } from "../../sandbox/values/value.ts";

// What comes out of a task's isolate is as untrusted as what comes out of an arm's: user code can
// replace what the driver relies on. It is parsed by hand because every worker loads this file, and
// loading zod would cost a worker more than all of its batches in a short run.

/** A reply that is not of the form that the driver gives. */
export class ReplyError extends Error {
  override readonly name = "ReplyError";
}

/** An object's fields. */
export type Fields = { [key: string]: Value };

/** An object, or a {@linkcode ReplyError}. */
export function asFields(value: Value, what: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ReplyError(`${what} is not an object`);
  }
  return value as Fields;
}

/** A list, or a {@linkcode ReplyError}. */
export function asList(value: Value, what: string): Value[] {
  if (!Array.isArray(value)) throw new ReplyError(`${what} are not a list`);
  return value;
}

/** A text, or a {@linkcode ReplyError}. */
export function asText(value: Value, what: string): string {
  if (typeof value !== "string") throw new ReplyError(`${what} is not a text`);
  return value;
}

/** A text that may be missing. */
export function asOptionalText(value: Value, what: string): string | undefined {
  return value === undefined ? undefined : asText(value, what);
}

/** True or false, or a {@linkcode ReplyError}. */
export function asFlag(value: Value, what: string): boolean {
  if (typeof value !== "boolean") throw new ReplyError(`${what} is neither true nor false`);
  return value;
}

/** A finite number, or a {@linkcode ReplyError}. */
export function asNumber(value: Value, what: string): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new ReplyError(`${what} is not a finite number`);
}

/** One of a few texts, or a {@linkcode ReplyError}. */
export function asOneOf<T extends string>(value: Value, known: readonly T[], what: string): T {
  const found = known.find((item) => item === value);
  if (found === undefined) throw new ReplyError(`${what} is not one of ${known.join(", ")}`);
  return found;
}

/** Refuses a list of names in which one comes twice. */
export function refuseRepeated(names: readonly string[], what: string): void {
  if (new Set(names).size !== names.length) throw new ReplyError(`${what} repeat a name`);
}

import { preview } from "./preview.ts";

/** A field of a task that is not as it must be. */
export class TaskError extends Error {
  override readonly name = "TaskError";
}

/** The error for a field: which, what it must be, what it is. */
export function problem(label: string, accepted: string, value: unknown): TaskError {
  return new TaskError(`${label} must be ${accepted}: current value is ${preview(value)}`);
}

/** A name between quotes, for a message. */
export function quote(name: string): string {
  return JSON.stringify(name);
}

/** Whether a value is an object with named fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object with named fields, or a {@linkcode TaskError}. */
export function record(value: unknown, label: string, accepted: string): Record<string, unknown> {
  if (isRecord(value)) return value;
  throw problem(label, accepted, value);
}

/** The entries of an object whose keys are names, or a {@linkcode TaskError}. */
export function entries(value: unknown, label: string, accepted: string): [string, unknown][] {
  const named = Object.entries(record(value, label, accepted));
  if (named.some(([name]) => name.trim() === "")) {
    throw problem(`a name in ${label}`, "a text that is not empty", "");
  }
  // Objects by name, policies among them, cannot hold this key.
  if (named.some(([name]) => name === "__proto__")) {
    throw problem(`a name in ${label}`, 'another one than "__proto__"', "__proto__");
  }
  return named;
}

/** A text that is not empty, or a {@linkcode TaskError}. */
export function text(value: unknown, label: string): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw problem(label, "a text that is not empty", value);
}

/** A text that may be left out. */
export function optionalText(value: unknown, label: string): string {
  return value === undefined ? "" : text(value, label);
}

/** One of a few texts, or a {@linkcode TaskError}. */
export function oneOf<T extends string>(value: unknown, known: readonly T[], label: string): T {
  const found = known.find((item) => item === value);
  if (found !== undefined) return found;
  throw problem(label, `one of ${known.map(quote).join(", ")}`, value);
}

/** True or false, false if left out, or a {@linkcode TaskError}. */
export function flag(value: unknown, label: string): boolean {
  if (value === undefined || typeof value === "boolean") return value === true;
  throw problem(label, "true or false", value);
}

/** A function, or a {@linkcode TaskError}. Of its arguments and result nothing is known. */
export function callable<F extends (...args: never[]) => unknown>(
  value: unknown,
  label: string,
  accepted: string,
): F {
  if (typeof value === "function") return value as F;
  throw problem(label, accepted, value);
}

/** A function that may be left out. */
export function optionalCallable<F extends (...args: never[]) => unknown>(
  value: unknown,
  label: string,
  accepted: string,
): F | undefined {
  return value === undefined ? undefined : callable(value, label, accepted);
}

/** Refuses fields that nobody would read: most often they are misspelt. */
export function refuseUnknown(
  fields: Record<string, unknown>,
  known: readonly string[],
  where: string,
): void {
  const unknown = Object.keys(fields).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw problem(`a field${where}`, `one of ${known.join(", ")}`, unknown);
}

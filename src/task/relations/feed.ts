import type { At } from "./part.ts";
import { changePart, isPlainObject } from "./part.ts";

/**
 * The arguments with an output in the place of a part of them; `undefined` where it is of another kind
 * than what is there, as it cannot be an input then.
 */
export function feed<Args extends readonly unknown[]>(
  input: Args,
  at: At,
  output: unknown,
): Args | undefined {
  return changePart(input, at, (part) => kindOf(part) === kindOf(output) ? output : undefined);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "list";
  if (typeof value !== "object") return typeof value;
  return isPlainObject(value) ? "object" : Object.prototype.toString.call(value);
}

import { JsValueError } from "./js_error.ts";
import type { ValueType } from "./types.ts";

/** A name in kebab case as JavaScript has it: `top-k` becomes `topK`, `to-JSON` becomes `toJson`. */
export function camelCase(name: string): string {
  const [first = "", ...words] = name.split("-").map((word) => word.toLowerCase());
  return first + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

const keys = new WeakMap<ValueType, ReadonlySet<string>>();

/**
 * The names of a record's fields, or of flags, as JavaScript has them, in the order of the type.
 *
 * @throws JsValueError where two are the same there, as `a-1` and `a1` are.
 */
export function keysOf(
  type: Extract<ValueType, { kind: "record" | "flags" }>,
): ReadonlySet<string> {
  let known = keys.get(type);
  if (known === undefined) {
    const names = type.kind === "flags" ? type.names : type.fields.map(({ name }) => name);
    known = new Set(names.map(camelCase));
    if (known.size !== names.length) {
      throw new JsValueError(`a ${type.kind} has two names that are the same in JavaScript`);
    }
    keys.set(type, known);
  }
  return known;
}

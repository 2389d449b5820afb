import { encode } from "../../sandbox/values/encode.ts";
import type { Value } from "../../sandbox/values/value.ts";

/** Where two values part, and what each has there. */
export interface FirstDifference {
  /** As it follows a name in JavaScript: `[3].total`; empty where the values differ as a whole. */
  path: string;
  left: Value;
  right: Value;
}

/**
 * The first place where two values that are not the same part: goes down as long as both are lists, or
 * both plain objects with the same keys.
 */
export function firstDifference(left: Value, right: Value): FirstDifference {
  let found: FirstDifference = { path: "", left, right };
  for (let inner = below(found); inner !== undefined; inner = below(found)) found = inner;
  return found;
}

/** One step further down; undefined where the difference is here. */
function below({ path, left, right }: FirstDifference): FirstDifference | undefined {
  if (Array.isArray(left) && Array.isArray(right)) {
    const at = left.findIndex((item, index) =>
      index >= right.length || !isSame(item, right[index])
    );
    if (at === -1 || at >= right.length) return undefined;
    return { path: `${path}[${at}]`, left: left[at], right: right[at] };
  }
  if (!isRecord(left) || !isRecord(right)) return undefined;
  const keys = Object.keys(left);
  const others = Object.keys(right);
  if (keys.length !== others.length || keys.some((key, at) => key !== others[at])) return undefined;
  const key = keys.find((name) => !isSame(left[name], right[name]));
  if (key === undefined) return undefined;
  const step = /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  return { path: path + step, left: left[key], right: right[key] };
}

function isSame(left: Value, right: Value): boolean {
  return encode(left) === encode(right);
}

function isRecord(value: Value): value is { [key: string]: Value } {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

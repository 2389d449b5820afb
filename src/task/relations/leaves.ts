import { isPlainObject } from "./part.ts";

/** A copy of a value with every leaf replaced: what is neither a list nor a plain object. */
export function mapLeaves(value: unknown, change: (leaf: unknown) => unknown): unknown {
  if (Array.isArray(value)) {
    const copy = value.slice();
    for (let at = 0; at < copy.length; at++) copy[at] = mapLeaves(copy[at], change);
    return copy;
  }
  if (!isPlainObject(value)) return change(value);
  const fields = Object.entries(value);
  return Object.fromEntries(fields.map(([name, item]) => [name, mapLeaves(item, change)]));
}

/**
 * A copy of a value with every number in it changed.
 *
 * @param change Gives `undefined` for a number that cannot be changed.
 * @returns `undefined` where one cannot be changed, or none is different afterwards.
 */
export function changeNumbers(
  value: unknown,
  change: (number: number) => number | undefined,
): unknown {
  return changeAll(value, (leaf) => typeof leaf === "number" ? change(leaf) : leaf);
}

/** The same for every text. */
export function changeTexts(value: unknown, change: (text: string) => string): unknown {
  return changeAll(value, (leaf) => typeof leaf === "string" ? change(leaf) : leaf);
}

function changeAll(value: unknown, change: (leaf: unknown) => unknown): unknown {
  let isChanged = false;
  let isPossible = true;
  const changed = mapLeaves(value, (leaf) => {
    const next = change(leaf);
    if (next === undefined && leaf !== undefined) isPossible = false;
    if (!Object.is(next, leaf)) isChanged = true;
    return next;
  });
  return isChanged && isPossible ? changed : undefined;
}

/**
 * Whether two values of the boundary's set are deeply equal: the equivalence of a task by default.
 *
 * Primitives compare with `Object.is` (so `NaN` equals itself and `-0` is not `0`). Objects compare
 * by their own enumerable keys, maps and sets by their members; order matters in neither. Typed
 * arrays must be of one type.
 */
export function deepEqual(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (!isObject(left) || !isObject(right)) return false;
  const tag = tagOf(left);
  if (tag !== tagOf(right)) return false;
  if (Array.isArray(left)) return Array.isArray(right) && equalLists(left, right);
  if (ArrayBuffer.isView(left)) return ArrayBuffer.isView(right) && equalViews(left, right);
  if (left instanceof Map) return right instanceof Map && equalMaps(left, right);
  if (left instanceof Set) return right instanceof Set && equalSets(left, right);
  if (left instanceof Date) {
    return right instanceof Date && Object.is(left.getTime(), right.getTime());
  }
  return equalObjects(left, right);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function tagOf(value: object): string {
  return Object.prototype.toString.call(value);
}

function equalLists(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at++) {
    const item = left[at];
    const other = right[at];
    // Long lists of numbers and texts are common: no call for those. 0 may be -0.
    if (item === other && item !== 0) continue;
    if (!deepEqual(item, other)) return false;
  }
  return true;
}

function equalViews(left: ArrayBufferView, right: ArrayBufferView): boolean {
  return equalLists(elementsOf(left), elementsOf(right));
}

function elementsOf(view: ArrayBufferView): unknown[] {
  return Array.from(view as ArrayBufferView & Iterable<unknown>);
}

function equalObjects(left: object, right: object): boolean {
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  const rightEntries = new Map(Object.entries(right));
  return Object.entries(left).every(([key, value]) =>
    rightEntries.has(key) && deepEqual(value, rightEntries.get(key))
  );
}

function equalSets(left: ReadonlySet<unknown>, right: ReadonlySet<unknown>): boolean {
  if (left.size !== right.size) return false;
  const unmatched = [...right].filter((member) => !left.has(member));
  return [...left].every((member) =>
    right.has(member) || takeFirst(unmatched, (other) => deepEqual(member, other))
  );
}

function equalMaps(
  left: ReadonlyMap<unknown, unknown>,
  right: ReadonlyMap<unknown, unknown>,
): boolean {
  if (left.size !== right.size) return false;
  const unmatched = [...right].filter(([key]) => !left.has(key));
  return [...left].every((entry) => {
    const [key, value] = entry;
    if (right.has(key)) return deepEqual(value, right.get(key));
    return takeFirst(unmatched, (other) => equalLists(entry, other));
  });
}

/** Removes the first item that satisfies the condition; says whether there was one. */
function takeFirst<T>(items: T[], condition: (item: T) => boolean): boolean {
  const at = items.findIndex(condition);
  if (at < 0) return false;
  items.splice(at, 1);
  return true;
}

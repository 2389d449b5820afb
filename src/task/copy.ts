/**
 * A deep copy of a value of the boundary's set, so that a `transform` which changes its argument in
 * place does not change the source input with it. Other objects are shared.
 */
export function copyValue(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return copyList(value);
  if (value instanceof Map) return new Map(copyList([...value]) as [unknown, unknown][]);
  if (value instanceof Set) return new Set(copyList([...value]));
  if (value instanceof Date) return new Date(value.getTime());
  if (ArrayBuffer.isView(value)) return (value as Uint8Array).slice();
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const copy = Object.create(prototype);
  for (const [key, item] of Object.entries(value)) {
    Object.defineProperty(copy, key, {
      value: copyValue(item),
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  return copy;
}

/** Lists that were seen to hold no objects: what is copied is never changed, only its copies are. */
const flatLists = new WeakSet<readonly unknown[]>();

/** Copies a list, item by item; one of numbers and texts, as most are, at once when it comes again. */
export function copyList(items: readonly unknown[]): unknown[] {
  const copy = items.slice();
  if (flatLists.has(items)) return copy;
  let isFlat = true;
  for (let at = 0; at < copy.length; at++) {
    const item = copy[at];
    if (typeof item !== "object") continue;
    isFlat = false;
    copy[at] = copyValue(item);
  }
  if (isFlat) flatLists.add(items);
  return copy;
}

/**
 * Names a part of the arguments: an argument by its index, from 0; or a path that starts with it and
 * goes on by fields and indices, where `"*"` stands for every element of a list. `[0, "*", "price"]` is
 * the price of every item of the first argument.
 */
export type At = number | readonly [argument: number, ...steps: (string | number)[]];

/** A step to every element of a list. */
const EACH = "*";

/**
 * The arguments with one part of them changed; nothing else is copied or touched.
 *
 * @param change Makes the changed part; `undefined` says that it cannot.
 * @returns `undefined` where the arguments have no such part, or it cannot be changed.
 */
export function changePart<Args extends readonly unknown[]>(
  input: Args,
  at: At,
  change: (part: unknown) => unknown,
): Args | undefined {
  const path = typeof at === "number" ? [at] : at;
  const changed = changeAlong(input, path, 0, change);
  // The list is as long as the arguments, and holds them but for the part that changed in its kind.
  return changed as Args | undefined;
}

/** The part itself; for a path with `"*"` a list of what every element has there. */
export function partOf(input: readonly unknown[], at: At): unknown {
  let parts: unknown[] = [input];
  let isMany = false;
  for (const step of typeof at === "number" ? [at] : at) {
    isMany ||= step === EACH;
    parts = parts.flatMap((part) => stepInto(part, step));
  }
  return isMany ? parts : parts[0];
}

function stepInto(value: unknown, step: string | number): unknown[] {
  if (Array.isArray(value)) return step === EACH ? value : [value[Number(step)]];
  return isPlainObject(value) && Object.hasOwn(value, step) ? [value[step]] : [];
}

function changeAlong(
  value: unknown,
  path: readonly (string | number)[],
  depth: number,
  change: (part: unknown) => unknown,
): unknown {
  const step = path[depth];
  if (step === undefined) return value === undefined ? undefined : change(value);
  if (Array.isArray(value)) {
    return step === EACH
      ? changeEach(value, (item) => changeAlong(item, path, depth + 1, change))
      : changeItem(value, step, (item) => changeAlong(item, path, depth + 1, change));
  }
  if (!isPlainObject(value) || !Object.hasOwn(value, step)) return undefined;
  const part = changeAlong(value[step], path, depth + 1, change);
  return part === undefined ? undefined : withField(value, String(step), part);
}

function changeEach(items: unknown[], change: (item: unknown) => unknown): unknown[] | undefined {
  const changed: unknown[] = [];
  for (const item of items) {
    const next = change(item);
    if (next === undefined) return undefined;
    changed.push(next);
  }
  return changed.length === 0 ? undefined : changed;
}

function changeItem(
  items: unknown[],
  step: string | number,
  change: (item: unknown) => unknown,
): unknown[] | undefined {
  if (typeof step !== "number" || !(step in items)) return undefined;
  const item = change(items[step]);
  return item === undefined ? undefined : items.with(step, item);
}

/** Whether a value is an object made by `{}`: no list, no class. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The object with one more field, or another value of it. */
export function withField(
  object: Record<string, unknown>,
  name: string,
  value: unknown,
): Record<string, unknown> {
  const copy = { ...object };
  // A field named `__proto__` must become a field as well.
  Object.defineProperty(copy, name, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
  return copy;
}

import { deepEqual } from "./equality.ts";

/** How far two numbers may be apart and still count as equal. */
export interface Tolerance {
  /** At most this much, in the numbers' unit; 0 by default. */
  absolute?: number;
  /** Or at most this share of the larger of the two magnitudes; 0 by default. */
  relative?: number;
}

/**
 * An equivalence for lists whose order does not matter: each element of one, as often as it is there,
 * is deeply equal to one of the other. What is no list is never equal.
 */
export function multiset(left: unknown, right: unknown): boolean {
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
  const objects: unknown[] = [];
  const counts = new Map<unknown, number>();
  for (const item of right) {
    if (isObject(item)) objects.push(item);
    else counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  }
  return left.every((item) => isObject(item) ? takeObject(objects, item) : takeOne(counts, item));
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

const MINUS_ZERO = Symbol("-0");

/** A map holds 0 and -0 under one key; they are not equal. */
function keyOf(item: unknown): unknown {
  return Object.is(item, -0) ? MINUS_ZERO : item;
}

function takeOne(counts: Map<unknown, number>, item: unknown): boolean {
  const left = counts.get(keyOf(item)) ?? 0;
  counts.set(keyOf(item), left - 1);
  return left > 0;
}

/** Deep equality is transitive, so that it does not matter which of several equal ones is taken. */
function takeObject(objects: unknown[], item: unknown): boolean {
  const at = objects.findIndex((other) => deepEqual(item, other));
  if (at < 0) return false;
  objects.splice(at, 1);
  return true;
}

/**
 * Makes an equivalence that is deep equality but for numbers, which may be apart by a tolerance: a
 * number alone is an absolute one. With both an absolute and a relative one, either is enough.
 *
 * `NaN` is equal to `NaN`, an infinity to itself only, and 0 to -0. Within sets, and among the keys of
 * maps, numbers must be exact: "nearly equal" would not say which belongs to which.
 *
 * @throws {RangeError} For a tolerance that is not finite or below 0.
 *
 * @example
 * ```ts
 * equivalence: approx({ absolute: 1e-12, relative: 1e-9 }),
 * ```
 */
export function approx(tolerance: number | Tolerance): (left: unknown, right: unknown) => boolean {
  const { absolute = 0, relative = 0 } = typeof tolerance === "number"
    ? { absolute: tolerance }
    : tolerance;
  checkTolerance("absolute", absolute);
  checkTolerance("relative", relative);
  const isNear = (left: number, right: number) => {
    if (left === right || (left !== left && right !== right)) return true;
    const apart = Math.abs(left - right);
    if (!(apart < Infinity)) return false;
    return apart <= absolute || apart <= relative * Math.max(Math.abs(left), Math.abs(right));
  };
  return (left, right) => nearlyEqual(left, right, isNear);
}

function checkTolerance(name: string, value: number): void {
  if (value >= 0 && value < Infinity) return;
  throw new RangeError(
    `Cannot use the ${name} tolerance of approx as it must be a number from 0: ` +
      `current value is ${value}`,
  );
}

type Near = (left: number, right: number) => boolean;

function nearlyEqual(left: unknown, right: unknown, isNear: Near): boolean {
  if (typeof left === "number") return typeof right === "number" && isNear(left, right);
  if (typeof left !== "object" || left === null) return Object.is(left, right);
  if (typeof right !== "object" || right === null) return false;
  if (tagOf(left) !== tagOf(right)) return false;
  if (left instanceof Date || left instanceof Set) return deepEqual(left, right);
  if (left instanceof Map) {
    return right instanceof Map && nearlyEqualEntries(left, right, isNear);
  }
  if (Array.isArray(left) || ArrayBuffer.isView(left)) {
    return nearlyEqualLists(elementsOf(left), elementsOf(right), isNear);
  }
  return nearlyEqualEntries(fieldsOf(left), fieldsOf(right), isNear);
}

function tagOf(value: object): string {
  return Object.prototype.toString.call(value);
}

function elementsOf(list: object): ArrayLike<unknown> {
  return list as ArrayLike<unknown>;
}

function fieldsOf(object: object): Map<unknown, unknown> {
  return new Map<unknown, unknown>(Object.entries(object));
}

function nearlyEqualLists(
  left: ArrayLike<unknown>,
  right: ArrayLike<unknown>,
  isNear: Near,
): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at++) {
    if (!nearlyEqual(left[at], right[at], isNear)) return false;
  }
  return true;
}

/** Keys that are objects have no equal in another map: such maps are compared exactly. */
function nearlyEqualEntries(
  left: ReadonlyMap<unknown, unknown>,
  right: ReadonlyMap<unknown, unknown>,
  isNear: Near,
): boolean {
  if (left.size !== right.size) return false;
  if ([...left.keys()].some(isObject)) return deepEqual(left, right);
  return [...left].every(([key, value]) =>
    right.has(key) && nearlyEqual(value, right.get(key), isNear)
  );
}

/**
 * Built-ins captured when this file is first evaluated.
 *
 * The codec runs on the host and also inside isolates, where user code may later replace methods of
 * prototypes. Nothing here is looked up again afterwards. For the same reason code that runs in a
 * guest keeps away from syntax that looks methods up behind the scenes: `for…of`, spread and array
 * patterns (`Symbol.iterator`), template literals (QuickJS calls `String.prototype.concat`),
 * `instanceof` (`Symbol.hasInstance`), assignment to new array elements and reading elements that are
 * not there (accessors on prototypes).
 */

import type { TypedArray } from "./value.ts";

/** Turns a method into a function that takes its receiver as the first argument. */
type Uncurried<This, Args extends readonly unknown[], Result> = (
  receiver: This,
  ...args: Args
) => Result;

const { bind, call } = Function.prototype;

/** `uncurry(Map.prototype.get)(map, key)` is `map.get(key)`, whatever happened to the prototype. */
export function uncurry<This, Args extends readonly unknown[], Result>(
  method: (this: This, ...args: Args) => Result,
): Uncurried<This, Args, Result> {
  return Reflect.apply(bind, call, [method]);
}

/** The getter of an accessor property, as a function of its receiver. */
export function uncurryGetter<This, Result>(
  prototype: object,
  name: string | symbol,
): (receiver: This) => Result {
  const getter = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (getter === undefined) throw new TypeError("Cannot capture a getter that is not there");
  return uncurry(getter);
}

const typedArrayPrototype: object = Object.getPrototypeOf(Int8Array.prototype);

/**
 * Functions that take no receiver. `stringifyJson` is for texts and for what `encodePlain` has looked
 * through: of those it always makes a text.
 */
export const apply = Reflect.apply;
export const defineProperty = Reflect.defineProperty;
export const getPrototypeOf = Reflect.getPrototypeOf;
export const hasOwn: (object: object, key: string) => boolean = Object.hasOwn;
export const isArray: (value: unknown) => value is unknown[] = Array.isArray;
export const keysOf: (value: object) => string[] = Object.keys;
export const parseJson: (text: string) => unknown = JSON.parse;
export const stringifyJson: (value: string | object) => string = JSON.stringify;
export const toBigInt: (text: string) => bigint = BigInt;

/** Methods and getters, with the receiver as the first argument. */
export const bigintToText: (value: bigint) => string = uncurry(BigInt.prototype.toString);
export const charCodeAt = uncurry(String.prototype.charCodeAt);
export const dateToNumber = uncurry(Date.prototype.getTime);
export const joinNumbers: (array: unknown[]) => string = uncurry(Array.prototype.join);
export const mapForEach: (
  map: Map<unknown, unknown>,
  visit: (value: unknown, key: unknown) => void,
) => void = uncurry(Map.prototype.forEach);
export const mapSet: (map: Map<unknown, unknown>, key: unknown, value: unknown) => unknown =
  uncurry(Map.prototype.set);
export const mapSize: (map: Map<unknown, unknown>) => number = uncurryGetter(Map.prototype, "size");
export const setAdd: (set: Set<unknown>, value: unknown) => unknown = uncurry(Set.prototype.add);
export const setDelete: (set: Set<unknown>, value: unknown) => boolean = uncurry(
  Set.prototype.delete,
);
export const setForEach: (set: Set<unknown>, visit: (value: unknown) => void) => void = uncurry(
  Set.prototype.forEach,
);
export const setHas: (set: Set<unknown>, value: unknown) => boolean = uncurry(Set.prototype.has);
export const setSize: (set: Set<unknown>) => number = uncurryGetter(Set.prototype, "size");
export const sliceText = uncurry(String.prototype.slice);
export const textIncludes: (text: string, part: string) => boolean = uncurry(
  String.prototype.includes,
);
export const typedArrayLength: (array: TypedArray) => number = uncurryGetter(
  typedArrayPrototype,
  "length",
);
export const typedArrayName: (value: object) => string | undefined = uncurryGetter(
  typedArrayPrototype,
  Symbol.toStringTag,
);

/** Constructors. */
export const CapturedDate = Date;
export const CapturedMap = Map;
export const CapturedSet = Set;

/** Prototypes, by which the codec tells plain values from instances of classes. */
export const arrayPrototype: object = Array.prototype;
export const datePrototype: object = Date.prototype;
export const mapPrototype: object = Map.prototype;
export const objectPrototype: object = Object.prototype;
export const setPrototype: object = Set.prototype;

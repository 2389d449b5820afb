import { uncurry } from "../../values/primordials.ts";

/** Built-ins captured before user code runs; see sandbox/values/primordials.ts. */
export const textOf: (value: unknown) => string = String;
export const tagOf: (value: unknown) => string = uncurry(Object.prototype.toString);
export const ownKeysOf: (value: object) => (string | symbol)[] = Reflect.ownKeys;
export const descriptorOf = Reflect.getOwnPropertyDescriptor;
export const symbolToText: (value: symbol) => string = uncurry(Symbol.prototype.toString);
export const regExpToText: (value: RegExp) => string = uncurry(RegExp.prototype.toString);
export const dateToText: (value: Date) => string = uncurry(Date.prototype.toISOString);
export const indexOfText: (text: string, part: string, from?: number) => number = uncurry(
  String.prototype.indexOf,
);
export const functionPrototype: object = Function.prototype;

import type { TypedArray } from "./value.ts";

/** What the codec must know of one class of typed arrays. */
export interface TypedArrayClass {
  elements: "integer" | "float" | "bigint";
  prototype: object;
  create(length: number): TypedArray;
}

interface TypedArrayConstructor {
  new (length: number): TypedArray;
  prototype: object;
}

function describe(
  Class: TypedArrayConstructor,
  elements: TypedArrayClass["elements"],
): TypedArrayClass {
  return { elements, prototype: Class.prototype, create: (length) => new Class(length) };
}

/** The classes of typed arrays that cross the boundary, by name. */
export const TYPED_ARRAYS: { readonly [name: string]: TypedArrayClass | undefined } = {
  Int8Array: describe(Int8Array, "integer"),
  Uint8Array: describe(Uint8Array, "integer"),
  Uint8ClampedArray: describe(Uint8ClampedArray, "integer"),
  Int16Array: describe(Int16Array, "integer"),
  Uint16Array: describe(Uint16Array, "integer"),
  Int32Array: describe(Int32Array, "integer"),
  Uint32Array: describe(Uint32Array, "integer"),
  Float32Array: describe(Float32Array, "float"),
  Float64Array: describe(Float64Array, "float"),
  BigInt64Array: describe(BigInt64Array, "bigint"),
  BigUint64Array: describe(BigUint64Array, "bigint"),
};

// Nothing is to be found in a guest's `Object.prototype`.
Object.setPrototypeOf(TYPED_ARRAYS, null);

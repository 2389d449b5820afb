/** Numeric arrays that cross the boundary. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/**
 * What may cross the boundary of an isolate, always as a copy: JSON plus `undefined`, `NaN`, the
 * infinities, `-0`, `bigint`, `Date`, `Map`, `Set` and typed arrays.
 */
export type Value =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | Date
  | TypedArray
  | Value[]
  | Map<Value, Value>
  | Set<Value>
  | { [key: string]: Value };

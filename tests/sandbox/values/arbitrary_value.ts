import fc from "fast-check";
import type { TypedArray, Value } from "../../../sandbox/values/value.ts";

const key = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: "binary", maxLength: 6 }) },
  fc.constantFrom("$", "v", "__proto__", "constructor", "toJSON", "0", "12", "then"),
);

const typedArray: fc.Arbitrary<TypedArray> = fc.oneof(
  fc.int8Array(),
  fc.uint8Array(),
  fc.uint8ClampedArray(),
  fc.int16Array(),
  fc.uint16Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.float32Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
);

/** An object with exactly these own data properties, whatever their names. */
function recordOf(entries: readonly (readonly [string, Value])[]): { [key: string]: Value } {
  const record: { [key: string]: Value } = {};
  for (const [name, value] of entries) {
    Object.defineProperty(record, name, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  return record;
}

/** Every kind of value that crosses the boundary, nested. */
export const arbitraryValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: "value" },
    fc.constantFrom(null, undefined, true, false, NaN, Infinity, -Infinity, -0, 0, "$"),
    fc.integer(),
    fc.double(),
    fc.bigInt(),
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }),
    fc.date({ noInvalidDate: false }),
    typedArray,
    fc.array(tie("value"), { maxLength: 5 }),
    fc.array(fc.tuple(key, tie("value")), { maxLength: 5 }).map(recordOf),
    fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 3 }).map((pairs) => new Map(pairs)),
    fc.array(tie("value"), { maxLength: 3 }).map((items) => new Set(items)),
  ),
})).value;

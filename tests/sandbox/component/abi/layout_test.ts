import { describe, expect, test } from "vitest";
import { flattenFunction } from "../../../../sandbox/component/abi/flatten.ts";
import { layoutOf } from "../../../../sandbox/component/abi/layout.ts";
import type { Primitive, ValueType } from "../../../../sandbox/component/mod.ts";

const of = (kind: Primitive): ValueType => ({ kind });
const tuple = (...items: ValueType[]): ValueType => ({ kind: "tuple", items });
const variant = (...types: (ValueType | null)[]): ValueType => ({
  kind: "variant",
  cases: types.map((type, at) => ({ name: `c${at}`, type })),
});
const names = (count: number) => Array.from({ length: count }, (_, at) => `n${at}`);

/** Size, alignment, offsets of parts, core values: worked out by hand from CanonicalABI.md. */
const LAYOUTS: [string, ValueType, number, number, number[], string | null][] = [
  [
    "u8 u32 u16 u64",
    tuple(of("u8"), of("u32"), of("u16"), of("u64")),
    24,
    8,
    [0, 4, 8, 16],
    "i32,i32,i32,i64",
  ],
  ["u64 u8", tuple(of("u64"), of("u8")), 16, 8, [0, 8], "i64,i32"],
  ["nested", tuple(of("u8"), tuple(of("u16"), of("u8"))), 6, 2, [0, 2], "i32,i32,i32"],
  [
    "string, list",
    tuple(of("string"), { kind: "list", element: of("u64") }),
    16,
    4,
    [0, 8],
    "i32,i32,i32,i32",
  ],
  ["option<u8>", { kind: "option", some: of("u8") }, 2, 1, [1], "i32,i32"],
  ["option<u64>", { kind: "option", some: of("u64") }, 16, 8, [8], "i32,i64"],
  ["result", { kind: "result", ok: null, err: null }, 1, 1, [1], "i32"],
  ["result<f32, u16>", { kind: "result", ok: of("f32"), err: of("u16") }, 8, 4, [4], "i32,i32"],
  ["result<f32, f64>", { kind: "result", ok: of("f32"), err: of("f64") }, 16, 8, [8], "i32,i64"],
  ["result<f64>", { kind: "result", ok: of("f64"), err: null }, 16, 8, [8], "i32,f64"],
  ["257 cases of u8", variant(...names(257).map(() => of("u8"))), 4, 2, [2], "i32,i32"],
  [
    "cases of several",
    variant(tuple(of("f32"), of("string")), tuple(of("f32"), of("u64"))),
    24,
    8,
    [8],
    "i32,f32,i64,i32",
  ],
  ["257 names", { kind: "enum", names: names(257) }, 2, 2, [], "i32"],
  ["9 flags", { kind: "flags", names: names(9) }, 2, 2, [], "i32"],
  ["17 flags", { kind: "flags", names: names(17) }, 4, 4, [], "i32"],
  [
    "17 numbers",
    tuple(...names(17).map(() => of("u8"))),
    17,
    1,
    names(17).map((_, at) => at),
    null,
  ],
];

describe("values lie in memory and in core values as the canonical ABI says", () => {
  test.each(LAYOUTS)("%s", (_, type, size, align, offsets, flat) => {
    const layout = layoutOf(type);
    expect(layout).toMatchObject({ size, align, offsets });
    expect(layout.flat?.join() ?? null).toBe(flat);
  });
});

test("more than 16 parameters, and more than one result, go through memory", () => {
  const type = {
    params: names(17).map((name) => ({ name, type: of("u8") })),
    result: of("string"),
  };
  expect(flattenFunction(type, "lift")).toMatchObject({ params: ["i32"], results: ["i32"] });
  expect(flattenFunction(type, "lower")).toMatchObject({ params: ["i32", "i32"], results: [] });
  const fewer = { params: type.params.slice(1), result: of("f64") };
  expect(flattenFunction(fewer, "lower")).toMatchObject({
    params: names(16).map(() => "i32"),
    results: ["f64"],
  });
});

import { describe, expect, test } from "vitest";
import {
  argumentsFromJs,
  camelCase,
  type ComponentValue,
  Handle,
  JsValueError,
  resultToJs,
  Tagged,
  type ValueType,
} from "../../../sandbox/component/mod.ts";

const u8: ValueType = { kind: "u8" };
const string: ValueType = { kind: "string" };
const list = (element: ValueType): ValueType => ({ kind: "list", element });
const option = (some: ValueType): ValueType => ({ kind: "option", some });
const record: ValueType = {
  kind: "record",
  fields: [{ name: "first-name", type: string }, { name: "size", type: option(u8) }],
};
const variant: ValueType = {
  kind: "variant",
  cases: [{ name: "a-b", type: u8 }, { name: "none", type: null }],
};

function given(type: ValueType, value: unknown): ComponentValue | undefined {
  return argumentsFromJs({ params: [{ name: "x", type }], result: null }, [value])[0];
}

function got(result: ValueType, value: ComponentValue): unknown {
  return resultToJs({ params: [], result }, value);
}

describe("arguments", () => {
  const fine: [ValueType, unknown, ComponentValue][] = [
    [u8, 255, 255],
    [{ kind: "s32" }, -0, 0],
    [{ kind: "u64" }, 5, 5n],
    [{ kind: "s64" }, -(2n ** 63n), -(2n ** 63n)],
    [{ kind: "f32" }, 0.1, Math.fround(0.1)],
    [{ kind: "char" }, "😀", "😀"],
    [list(u8), [1, 2], Uint8Array.of(1, 2)],
    [list(u8), Uint8Array.of(1, 2), Uint8Array.of(1, 2)],
    [list({ kind: "f64" }), Float64Array.of(0.5), [0.5]],
    [list({ kind: "s64" }), BigInt64Array.of(-1n), [-1n]],
    [record, { firstName: "x" }, { "first-name": "x", size: new Tagged("none") }],
    [record, { firstName: "x", size: null }, { "first-name": "x", size: new Tagged("none") }],
    [record, { firstName: "x", size: 1 }, { "first-name": "x", size: new Tagged("some", 1) }],
    [{ kind: "tuple", items: [u8, string] }, [1, "a"], [1, "a"]],
    [{ kind: "enum", names: ["a-b"] }, "a-b", "a-b"],
    [{ kind: "flags", names: ["a-b", "c"] }, { aB: true, c: false }, ["a-b"]],
    [option(option(u8)), { tag: "some", val: null }, new Tagged("some", new Tagged("none"))],
    [variant, { tag: "a-b", val: 3 }, new Tagged("a-b", 3)],
    [variant, { tag: "none" }, new Tagged("none")],
    [{ kind: "result", ok: null, err: u8 }, { tag: "ok" }, new Tagged("ok")],
  ];
  test("are taken in the forms that JavaScript has for them", () => {
    for (const [type, value, expected] of fine) expect(given(type, value)).toEqual(expected);
  });

  const wrong: [ValueType, unknown, string][] = [
    [u8, 1.5, "argument 1, of type u8, must be an integer from 0 to 255: current value is 1.5"],
    [u8, "1", 'argument 1, of type u8, must be an integer from 0 to 255: current value is "1"'],
    [u8, 256, "argument 1, of type u8, must be an integer from 0 to 255: current value is 256"],
    [
      u8,
      undefined,
      "argument 1, of type u8, must be an integer from 0 to 255: current value is undefined",
    ],
    [
      { kind: "u64" },
      -1n,
      "argument 1, of type u64, must be a bigint from 0 to 18446744073709551615: current value is -1n",
    ],
    [
      { kind: "char" },
      "ab",
      'argument 1, of type char, must be a string of one Unicode character: current value is "ab"',
    ],
    [
      string,
      "\ud800",
      'argument 1, of type string, must be a string without lone surrogates: current value is "\\ud800"',
    ],
    [
      list(record),
      [{ firstName: "" }, { firstName: "", size: 300 }],
      "argument 1[1].size, of type u8, must be an integer from 0 to 255: current value is 300",
    ],
    [
      list(u8),
      new Array(1),
      "argument 1[0], of type u8, must be an integer from 0 to 255: current value is undefined",
    ],
    [
      record,
      { firstName: "", other: 1 },
      'argument 1 has the unknown key "other": it may have firstName, size',
    ],
    [record, {}, 'argument 1 must have the key "firstName"'],
    [
      record,
      [],
      "argument 1, of type record { first-name: string, size: option<u8> }, must be an object: current value is an array of length 0",
    ],
    [
      variant,
      { tag: "constructor" },
      'argument 1.tag, of type variant { a-b(u8), none }, must be one of a-b, none: current value is "constructor"',
    ],
    [
      variant,
      { tag: "none", val: 1 },
      "argument 1.val, of type variant { a-b(u8), none }, must be left out: current value is 1",
    ],
    [
      { kind: "tuple", items: [u8] },
      [1, 2],
      "argument 1, of type tuple<u8>, must be an array of length 1: current value is an array of length 2",
    ],
    [
      { kind: "own", resource: { name: "r" } },
      1,
      "argument 1 is a handle, which cannot be given to a component",
    ],
    [
      { kind: "flags", names: ["a-1", "a1"] },
      {},
      "a flags has two names that are the same in JavaScript",
    ],
  ];
  test("are refused with the place and the value", () => {
    for (const [type, value, message] of wrong) {
      expect(() => given(type, value)).toThrow(new JsValueError(message));
    }
  });

  test("that are too many are refused", () => {
    expect(() => argumentsFromJs({ params: [], result: null }, [1])).toThrow(
      "it takes 0 arguments and was given 1",
    );
  });

  test("that are too few are refused, but for options at the end", () => {
    const params = [{ name: "a", type: u8 }, { name: "b", type: option(u8) }];
    expect(argumentsFromJs({ params, result: null }, [1])).toEqual([1, new Tagged("none")]);
    expect(() => argumentsFromJs({ params, result: null }, [])).toThrow(
      "it takes 2 arguments and was given 0",
    );
  });
});

describe("results", () => {
  test("have camelCase keys and plain values", () => {
    const value = { "first-name": "x", size: new Tagged("some", 3) };
    expect(got(record, value)).toEqual({ ok: true, value: { firstName: "x", size: 3 } });
    expect(got(variant, new Tagged("none"))).toEqual({ ok: true, value: { tag: "none" } });
    expect(got({ kind: "flags", names: ["a-b", "c"] }, ["c"])).toEqual({
      ok: true,
      value: { aB: false, c: true },
    });
    expect(got(list(u8), Uint8Array.of(1))).toEqual({ ok: true, value: Uint8Array.of(1) });
    const noSize = { "first-name": "x", size: new Tagged("none") };
    expect(got(record, noSize)).toStrictEqual({ ok: true, value: { firstName: "x" } });
    expect(got(option(option(u8)), new Tagged("some", new Tagged("none")))).toEqual({
      ok: true,
      value: { tag: "some", val: undefined },
    });
  });

  test("that are a result give what is in it, or the error", () => {
    const result: ValueType = { kind: "result", ok: u8, err: string };
    expect(got(result, new Tagged("ok", 1))).toEqual({ ok: true, value: 1 });
    expect(got(result, new Tagged("err", "no"))).toEqual({ ok: false, error: "no", message: "no" });
    const other: ValueType = { kind: "result", ok: null, err: variant };
    expect(got(other, new Tagged("err", new Tagged("a-b", 1)))).toEqual({
      ok: false,
      error: { tag: "a-b", val: 1 },
      message: '{"tag":"a-b","val":1}',
    });
    expect(got({ kind: "result", ok: null, err: null }, new Tagged("err"))).toMatchObject({
      ok: false,
      message: "gave an error",
    });
  });

  test("cannot be handles", () => {
    const resource = { name: "file" };
    expect(() => got({ kind: "own", resource }, new Handle(resource, 1))).toThrow(
      "the result has a handle of file, which cannot leave",
    );
  });
});

test("names are in camel case as other tools have them", () => {
  expect(["top-k", "to-JSON", "HTTP-error", "a", "x-1"].map(camelCase)).toEqual([
    "topK",
    "toJson",
    "httpError",
    "a",
    "x1",
  ]);
});

import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CodecError, decode, encode } from "../../../sandbox/values/codec.ts";
import { MAX_DEPTH } from "../../../sandbox/values/format.ts";
import type { Value } from "../../../sandbox/values/value.ts";
import { arbitraryValue } from "./arbitrary_value.ts";

function refusal(action: () => unknown): CodecError {
  try {
    action();
  } catch (error) {
    if (error instanceof CodecError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

function nested(depth: number): Value {
  let value: Value = [];
  for (let level = 1; level < depth; level++) value = [value];
  return value;
}

describe("encode and decode", () => {
  test("give every value back as it was", () => {
    fc.assert(
      fc.property(arbitraryValue, (value) => {
        // Unlike the matchers, this takes a key named `constructor` for a key like any other.
        expect(isDeepStrictEqual(decode(encode(value)), value)).toBe(true);
      }),
      { seed: 2026, numRuns: 500 },
    );
  });

  test("write the same text again for what was read", () => {
    fc.assert(
      fc.property(arbitraryValue, (value) => {
        const text = encode(value);
        expect(encode(decode(text))).toBe(text);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test.each<[Value, string]>([
    [[1, -2.5, 1e21, 1e-7], "[1,-2.5,1e+21,1e-7]"],
    [{ a: null, b: [true, false], "": "é\ud800" }, '{"a":null,"b":[true,false],"":"é\\ud800"}'],
    [undefined, '{"$":"undefined"}'],
    [NaN, '{"$":"number","v":"NaN"}'],
    [Infinity, '{"$":"number","v":"Infinity"}'],
    [-Infinity, '{"$":"number","v":"-Infinity"}'],
    [[-0, 0], '[{"$":"number","v":"-0"},0]'],
    [123n, '{"$":"bigint","v":"123"}'],
    [new Date(5), '{"$":"date","v":5}'],
    [new Date(NaN), '{"$":"date","v":null}'],
    [new Map([["a", 1]]), '{"$":"map","v":[["a",1]]}'],
    [new Set([1, "b"]), '{"$":"set","v":[1,"b"]}'],
    [new Uint8Array([1, 255]), '{"$":"Uint8Array","v":[1,255]}'],
    [new Float32Array([0.5, NaN, -0]), '{"$":"Float32Array","v":[0.5,"NaN","-0"]}'],
    [new BigInt64Array([-1n]), '{"$":"BigInt64Array","v":["-1"]}'],
    [{ a: 1, $: 2 }, '{"$":"object","v":[["a",1],["$",2]]}'],
  ])("write %o as documented", (value, text) => {
    expect(encode(value)).toBe(text);
    expect(decode(text)).toStrictEqual(value);
  });

  test("write plain JSON as JSON.stringify does, whatever stands beside it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.stringify(value);
        fc.pre(!json.includes('"$":'));
        expect(encode(value)).toBe(json);
        expect(encode([value, undefined])).toBe(`[${json},{"$":"undefined"}]`);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test("take a hole in an array for undefined", () => {
    expect(decode(encode([, 1]))).toStrictEqual([undefined, 1]);
  });

  test("copy shared parts", () => {
    const shared = [1];
    const copy = decode(encode([shared, shared])) as Value[];
    expect(copy).toStrictEqual([[1], [1]]);
    expect(copy[0]).not.toBe(copy[1]);
  });

  test("read an object without a prototype as a plain one", () => {
    expect(decode(encode(Object.assign(Object.create(null), { a: 1 })))).toStrictEqual({ a: 1 });
  });

  test("reach as deep as documented and no deeper", () => {
    const deepest = nested(MAX_DEPTH);
    expect(decode(encode(deepest))).toStrictEqual(deepest);
    expect(refusal(() => encode(nested(MAX_DEPTH + 1))).reason).toMatch(/more than 100 containers/);
  });

  test("reach as deep through maps", () => {
    let value: Value = 1;
    for (let level = 0; level < MAX_DEPTH; level++) value = new Map([[0, value]]);
    expect(decode(encode(value))).toStrictEqual(value);
    expect(refusal(() => encode(new Set([value]))).reason).toMatch(/more than 100 containers/);
  });
});

describe("encode refuses", () => {
  class Point {}
  const cyclic: { list: unknown[] } = { list: [0] };
  cyclic.list.push({ back: cyclic });
  const cyclicMap = new Map<unknown, unknown>();
  cyclicMap.set("self", new Set([cyclicMap]));

  test.each<[string, unknown, string, RegExp]>([
    ["a function", { a: [1, () => 1] }, "$.a[1]", /it is a function; accepted are null, undefined/],
    ["a symbol", [Symbol("x")], "$[0]", /it is a symbol/],
    ["an instance of a class", { p: new Point() }, "$.p", /an instance of Point/],
    ["an error", [[new RangeError("no")]], "$[0][0]", /an instance of RangeError/],
    ["a subclass of Array", [new (class List extends Array {})()], "$[0]", /instance of List/],
    ["a subclass of Map", new (class Atlas extends Map {})(), "$", /instance of Atlas/],
    ["a boxed number", { n: Object(1) }, "$.n", /an instance of Number/],
    ["a promise", Promise.resolve(1), "$", /an instance of Promise/],
    ["an ArrayBuffer", [new ArrayBuffer(1)], "$[0]", /an instance of ArrayBuffer/],
    ["what only claims to be a date", Object.create(Date.prototype), "$", /not that of its class/],
    ["what only claims to be a map", Object.create(Map.prototype), "$", /not that of its class/],
    ["a huge bigint", [10n ** 10_000n], "$[0]", /more than 10000 digits/],
    ["a cycle", cyclic, "$.list[1].back", /it contains itself/],
    ["a cycle through a map", cyclicMap, "$.entries[0][1].values[0]", /it contains itself/],
    ["a key of a map", new Map([[() => 1, 1]]), "$.entries[0][0]", /it is a function/],
    ["a part of an object with $", { $: 1, f() {} }, "$.f", /it is a function/],
  ])("%s, with the path to it", (_, value, path, reason) => {
    const error = refusal(() => encode(value));
    expect(error.path).toBe(path);
    expect(error.reason).toMatch(reason);
    expect(error.message).toBe(`Cannot copy the value at ${path}: ${error.reason}`);
  });

  test("text beyond the limit", () => {
    expect(encode("abc", 5)).toBe('"abc"');
    expect(refusal(() => encode("abcd", 5)).reason).toMatch(/longer than 5 characters/);
    expect(refusal(() => encode([1, 2, 3], 6)).reason).toMatch(/longer than 6 characters/);
    expect(refusal(() => encode(new Uint8Array(100), 50)).path).toBe("$");
  });

  test("shared parts that would blow up, and does so at once", () => {
    let value: unknown = ["x"];
    for (let level = 0; level < 60; level++) value = [value, value, value];
    expect(refusal(() => encode(value, 100_000)).reason).toMatch(/longer than 100000 characters/);
  });
});

describe("encode is not misled by", () => {
  test("toJSON", () => {
    expect(encode({ toJSON: 1, a: { toJSON: null } })).toBe('{"toJSON":1,"a":{"toJSON":null}}');
  });

  test("a getter that changes its mind", () => {
    let reads = 0;
    const value = {
      get a() {
        return reads++ % 2 === 0 ? undefined : 2;
      },
    };
    expect([{ a: undefined }, { a: 2 }]).toContainEqual(decode(encode(value)));
  });

  test("an error of a getter: it passes unchanged", () => {
    const fault = new RangeError("mine");
    const value = {
      get a(): never {
        throw fault;
      },
    };
    expect(() => encode([value])).toThrow(fault);
  });
});

describe("decode", () => {
  test.each<[string, string]>([
    ["", "$"],
    ["[1,", "$"],
    ["undefined", "$"],
    ['{"$":"nothing"}', "$"],
    ['{"$":"undefined","v":1}', "$"],
    ['{"$":1}', "$"],
    ['[{"$":"toString","v":[]}]', "$[0]"],
    ['[{"$":"__proto__","v":[]}]', "$[0]"],
    ['{"a":{"$":"number","v":"1"}}', "$.a"],
    ['{"a":{"$":"number"}}', "$.a"],
    ['{"a":{"$":"number","v":"NaN","w":1}}', "$.a"],
    ['{"a":1,"$":2}', "$.$"],
    ['{"$":"bigint","v":""}', "$"],
    ['{"$":"bigint","v":"-"}', "$"],
    ['{"$":"bigint","v":"0x10"}', "$"],
    ['{"$":"bigint","v":12}', "$"],
    ['{"$":"bigint","v":"' + "9".repeat(10_001) + '"}', "$"],
    ['{"$":"date","v":"2020"}', "$"],
    ['{"$":"date","v":1.5}', "$"],
    ['{"$":"date","v":8640000000000001}', "$"],
    ['{"$":"map","v":[["a"]]}', "$"],
    ['{"$":"map","v":{"0":1}}', "$"],
    ['{"$":"map","v":[["a",{"$":"?"}]]}', "$.entries[0][1]"],
    ['{"$":"set","v":[1,{"$":"set","v":1}]}', "$.values[1]"],
    ['{"$":"object","v":[[1,2]]}', "$"],
    ['{"$":"Uint8Array","v":[256]}', "$"],
    ['{"$":"Uint8Array","v":[1.5]}', "$"],
    ['{"$":"Uint8Array","v":["1"]}', "$"],
    ['{"$":"Uint8Array","v":[null]}', "$"],
    ['{"$":"Float32Array","v":[0.1]}', "$"],
    ['{"$":"Float64Array","v":[[]]}', "$"],
    ['{"$":"BigUint64Array","v":["-1"]}', "$"],
    ['{"$":"BigInt64Array","v":[1]}', "$"],
  ])("refuses %s", (text, path) => {
    expect(refusal(() => decode(text)).path).toBe(path);
  });

  test("refuses what is no JSON in words of its own, as each engine has others", () => {
    expect(refusal(() => decode("[NaN]")).message).toBe(
      "Cannot copy the value at $: it is not JSON",
    );
  });

  test("takes __proto__ for a name like any other", () => {
    for (const text of ['{"__proto__":{"a":1}}', '{"$":"object","v":[["__proto__",{"a":1}]]}']) {
      const value = decode(text) as object;
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(Object.keys(value)).toStrictEqual(["__proto__"]);
      expect("a" in value).toBe(false);
    }
    const tagged = decode('{"__proto__":{"$":"undefined"}}') as object;
    expect(Object.getOwnPropertyDescriptor(tagged, "__proto__")?.value).toBe(undefined);
    expect(Object.getPrototypeOf(tagged)).toBe(Object.prototype);
  });

  test("refuses what is too deep before any engine recurses into it", () => {
    const depth = 5_000_000;
    for (
      const text of ["[".repeat(depth), '{"a":'.repeat(depth), "[".repeat(101) + "]".repeat(101)]
    ) {
      expect(refusal(() => decode(text)).reason).toMatch(/more than 100 containers deep/);
    }
    const tagged = '{"$":"set","v":['.repeat(101) + "]}".repeat(101);
    expect(refusal(() => decode(tagged)).reason).toMatch(/more than 100 containers deep/);
  });

  test("counts no brackets inside of strings", () => {
    const text = JSON.stringify(["[".repeat(500), '\\"[[[['.repeat(200)]);
    expect(encode(decode(text))).toBe(text);
  });

  test("throws nothing but codec errors, whatever the text", () => {
    const soup = fc.array(
      fc.constantFrom(
        '{"$":',
        '"v":',
        '"map"',
        '"set"',
        '"date"',
        '"object"',
        "[",
        "]",
        "}",
        ",",
        "1",
        '"a"',
      ),
    ).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(fc.string(), soup), (text) => {
        try {
          decode(text);
        } catch (error) {
          expect(error).toBeInstanceOf(CodecError);
        }
      }),
      { seed: 11, numRuns: 1000 },
    );
  });
});

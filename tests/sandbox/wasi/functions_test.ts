import { describe, expect, test } from "vitest";
import type { Value } from "../../../sandbox/values/value.ts";
import { coreIsolate, failureOf, valueOf } from "./support/guest.ts";

const MODULE = `(module
  (memory (export "memory") 1)
  (global (export "g") i32 (i32.const 1))
  (func (export "i32") (param i32) (result i32) (local.get 0))
  (func (export "i64") (param i64) (result i64) (local.get 0))
  (func (export "f32") (param f32) (result f32) (local.get 0))
  (func (export "f64") (param f64) (result f64) (local.get 0))
  (func (export "bits32") (param f32) (result i32) (i32.reinterpret_f32 (local.get 0)))
  (func (export "bits64") (param f64) (result i64) (i64.reinterpret_f64 (local.get 0)))
  (func (export "payload") (result f64) (f64.reinterpret_i64 (i64.const 0xfff8000000000123)))
  (func (export "nothing"))
  (func (export "swap") (param i32 i64 f64) (result f64 i64 i32)
    (local.get 2) (local.get 1) (local.get 0))
  (func (export "vector") (param v128))
  (func (export "reference") (result funcref) (ref.null func)))`;

const isolate = coreIsolate(MODULE);

describe("a function of a plain module", () => {
  test.each<[string, Value[], Value]>([
    ["i32", [5], 5],
    ["i32", [-(2 ** 31)], -(2 ** 31)],
    ["i32", [2 ** 32 - 1], -1],
    ["i32", [2 ** 31], -(2 ** 31)],
    ["i32", [-0], 0],
    ["i64", [5n], 5n],
    ["i64", [5], 5n],
    ["i64", [Number.MIN_SAFE_INTEGER], BigInt(Number.MIN_SAFE_INTEGER)],
    ["i64", [2n ** 64n - 1n], -1n],
    ["i64", [-(2n ** 63n)], -(2n ** 63n)],
    ["f32", [0.1], Math.fround(0.1)],
    ["f32", [1e300], Infinity],
    ["f64", [-0], -0],
    ["f64", [NaN], NaN],
    ["f64", [-Infinity], -Infinity],
    ["payload", [], NaN],
    ["nothing", [], undefined],
    ["swap", [1, 2n, 0.5], [0.5, 2n, 1]],
  ])("%s takes %o", (name, args, value) => {
    expect(valueOf(isolate.call(name, args))).toStrictEqual(value);
  });

  test("gets the same NaN, wherever it comes from", () => {
    const bytes = new Uint8Array(8).fill(255);
    const other = new Float64Array(bytes.buffer)[0] ?? 0;
    for (const value of [NaN, -NaN, other]) {
      expect(valueOf(isolate.call("bits32", [value]))).toBe(0x7fc00000);
      expect(valueOf(isolate.call("bits64", [value]))).toBe(0x7ff8000000000000n);
    }
  });

  test.each<[string, Value[], string]>([
    ["i32", [], "Cannot call i32 with these arguments: it takes 1 argument and was given 0"],
    ["swap", [1], "Cannot call swap with these arguments: it takes 3 arguments and was given 1"],
    ["i32", [1.5], "an integer from -2147483648 to 4294967295: it is 1.5"],
    ["i32", [2 ** 32], "an integer from -2147483648 to 4294967295: it is 4294967296"],
    ["i32", [1n], "an integer from -2147483648 to 4294967295: it is 1n"],
    ["i32", ["1"], "an integer from -2147483648 to 4294967295: it is a string"],
    ["i32", [null], "an integer from -2147483648 to 4294967295: it is null"],
    ["i32", [undefined], "an integer from -2147483648 to 4294967295: it is undefined"],
    ["i64", [2 ** 53], "a bigint from -2^63 to 2^64-1, or a safe integer: it is 9007199254740992"],
    ["i64", [2n ** 64n], "a safe integer: it is 18446744073709551616n"],
    ["i64", [2n ** 6400n], "a safe integer: it is a larger bigint"],
    [
      "f64",
      [1n],
      "Cannot call f64 with these arguments: argument 1, of type f64, must be a number: it is 1n",
    ],
    ["f32", [[1]], "must be a number: it is an array"],
    ["f32", [true], "must be a number: it is a boolean"],
    [
      "swap",
      [1, 2, {}],
      "argument 3, of type f64, must be a number: it is an object (a core module takes numbers only: " +
      "cupel componentize makes a component, which takes more)",
    ],
    ["vector", [1], "its type is (v128) -> (), and only numbers can be given and taken: not v128"],
    ["reference", [], "its type is () -> funcref, and only numbers can be given and taken"],
  ])("%s does not take %o", (name, args, message) => {
    const failure = failureOf(isolate.call(name, args));
    expect(failure.kind).toBe("exception");
    expect(failure.message).toContain(message);
  });

  test("tells who calls a component's core module as it is what is missing", () => {
    for (const name of ["cabi_realloc", "cabi_post_f", "top-k", "test:adder/numbers#add"]) {
      const core = coreIsolate(
        `(module (func (export "${name}")) (func (export "f") (param i32)))`,
      );
      const hint = "follows the canonical ABI: cupel componentize makes a component of it";
      expect(failureOf(core.call("f", [[1]])).message).toContain(`(the module ${hint}`);
      expect(failureOf(core.call("topK", [[1]])).message).toContain(`(it ${hint}`);
    }
    expect(failureOf(isolate.call("topK", [])).message).not.toContain("componentize");
  });

  test("that is not there is answered with some of the names that are", () => {
    const names = Array.from({ length: 100 }, (_, at) => `f${"x".repeat(1000)}${at}`);
    const many = coreIsolate(
      `(module ${names.map((name) => `(func (export "${name}"))`).join("")})`,
    );
    const { message } = failureOf(many.call("g", []));
    expect(message).toMatch(/^guest\.wasm has no export named g: it exports fx+…, .* and 88 more$/);
    expect(message.length).toBeLessThan(1400);
  });

  test("is listed with what else the module exports", () => {
    expect(isolate.exports()).toEqual([
      ...["memory", "g", "i32", "i64", "f32", "f64", "bits32", "bits64", "payload", "nothing"],
      ...["swap", "vector", "reference"],
    ]);
    expect(isolate.exportType("memory")).toBe("object");
    expect(isolate.exportType("swap")).toBe("function");
    expect(failureOf(isolate.call("memory", [])).kind).toBe("load");
    expect(failureOf(isolate.call("toString", [])).kind).toBe("load");
  });

  test("costs fuel to call, however little it does", () => {
    expect(isolate.call("nothing", []).usage.fuel).toBe(800);
    expect(failureOf(isolate.call("nothing", [], { fuel: 700 })).kind).toBe("fuel");
  });
});

describe("a reactor", () => {
  test("is initialised once, and that is in its image", () => {
    const reactor = coreIsolate(`(module (global $n (mut i32) (i32.const 0))
      (func (export "_initialize") (global.set $n (i32.add (global.get $n) (i32.const 1))))
      (func (export "count") (result i32)
        (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n)))`);
    expect(reactor.exports()).toEqual(["count"]);
    expect([1, 2, 3].map(() => valueOf(reactor.call("count", [])))).toEqual([2, 2, 2]);
  });
});

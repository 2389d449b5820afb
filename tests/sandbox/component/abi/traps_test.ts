import { describe, expect, test } from "vitest";
import { ComponentTrap, LiftLimitError, Tagged } from "../../../../sandbox/component/mod.ts";
import { ALLOCATOR, type Loaded, loadText, options } from "../support/wat.ts";

/** A component that exports `f`, whose result the core function's body gives. */
function giving(type: string, body: string, core = "i32", rest = ""): Promise<Loaded> {
  return loadText(`(component
    (core module $m ${ALLOCATOR} ${rest} (func (export "f") (result ${core}) ${body}))
    (core instance $m (instantiate $m))
    (func (export "f") (result ${type}) (canon lift (core func $m "f") ${options("$m")})))`);
}

/** At address 16: a pointer and a length. */
function pair(pointer: number, length: number): string {
  return `(i32.store (i32.const 16) (i32.const ${pointer}))
    (i32.store (i32.const 20) (i32.const ${length})) (i32.const 16)`;
}

describe("a component that breaks a rule is ended", () => {
  const cases: [name: string, type: string, body: string, message: string][] = [
    ["a string beyond the memory", "string", pair(65530, 7), "beyond the end of its memory"],
    ["a string that wraps around", "string", pair(-1, 2), "beyond the end of its memory"],
    ["a list beyond the memory", "(list u32)", pair(65532, 2), "beyond the end of its memory"],
    ["a list of 2^32 - 1", "(list u64)", pair(0, -1), "beyond the end of its memory"],
    ["a misaligned list", "(list u32)", pair(2, 1), "not a multiple of 4"],
    ["a misaligned empty list", "(list u64)", pair(4, 0), "not a multiple of 8"],
    ["a result outside", "string", "(i32.const 65532)", "beyond the end of its memory"],
    ["a misaligned result", "string", "(i32.const 2)", "not a multiple of 4"],
    ["a surrogate", "char", "(i32.const 0xd800)", "no Unicode scalar value"],
    ["too large a char", "char", "(i32.const 0x110000)", "no Unicode scalar value"],
    ["an enum without a name", '(enum "a" "b")', "(i32.const 2)", "no such case"],
    ["a variant without a case", '(variant (case "a") (case "b"))', "(i32.const -1)", "no such"],
    [
      "an option of 2",
      "(option u32)",
      "(i32.store8 (i32.const 16) (i32.const 2)) (i32.const 16)",
      "no such case",
    ],
    [
      "text that is not UTF-8",
      "string",
      `(i32.store8 (i32.const 64) (i32.const 0xff)) ${pair(64, 1)}`,
      "not UTF-8",
    ],
    [
      "text with a surrogate",
      "string",
      `(i32.store (i32.const 64) (i32.const 0x80a0ed)) ${pair(64, 3)}`,
      "not UTF-8",
    ],
  ];
  test.each(cases)("for %s", async (_, type, body, message) => {
    const { call, component } = await giving(type, body);
    component.capture();
    expect(() => call("f")).toThrow(ComponentTrap);
    component.reset();
    expect(() => call("f")).toThrow(message);
  });

  test("for realloc that gives no room", async () => {
    for (const address of [-8, 65536, 1]) {
      const { call } = await loadText(`(component
        (core module $m (memory (export "memory") 1)
          (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const ${address}))
          (func (export "f") (param i32 i32)))
        (core instance $m (instantiate $m))
        (func (export "f") (param "l" (list u16)) (canon lift (core func $m "f") ${
        options("$m")
      })))`);
      expect(() => call("f", [1, 2])).toThrow(ComponentTrap);
    }
  });

  test("for an exception that it does not catch", async () => {
    const { call } = await giving("u32", "(throw $t)", "i32", "(tag $t)");
    expect(() => call("f")).toThrow("throws an exception that it does not catch");
  });

  test("and nothing runs until it is reset", async () => {
    const { call, component } = await giving("char", "(i32.const 0xdfff)");
    component.capture();
    expect(() => call("f")).toThrow("no Unicode scalar value");
    expect(() => call("f")).toThrow("no Unicode scalar value");
  });
});

describe("what is allowed though it looks odd", () => {
  test("integers wrap to their type, bools are true unless 0, unused flags are ignored", async () => {
    const of = async (type: string, body: string) => (await giving(type, body)).call("f");
    expect(await of("u8", "(i32.const 0x1ff)")).toBe(255);
    expect(await of("s8", "(i32.const 0xff)")).toBe(-1);
    expect(await of("s16", "(i32.const 0x18000)")).toBe(-32768);
    expect(await of("u32", "(i32.const -1)")).toBe(2 ** 32 - 1);
    expect(await of("bool", "(i32.const 256)")).toBe(true);
    expect(await of('(flags "a" "b")', "(i32.const -2)")).toEqual(["b"]);
    expect(await of("string", pair(65536, 0))).toBe("");
  });

  test("a byte order mark is text", async () => {
    const { call } = await giving(
      "string",
      `(i32.store (i32.const 64) (i32.const 0xbfbbef)) ${pair(64, 3)}`,
    );
    expect(call("f")).toBe("\ufeff");
  });
});

describe("NaN crosses as one and the same", () => {
  test("out of a component and into it, in core values, in memory and in a variant's payload", async () => {
    const { call } = await loadText(`(component
      (core module $m ${ALLOCATOR}
        (func (export "bits") (param f32 f64 i32 i64) (result i32)
          (i32.store (i32.const 64) (i32.reinterpret_f32 (local.get 0)))
          (i64.store (i32.const 72) (i64.reinterpret_f64 (local.get 1)))
          (i64.store (i32.const 80) (local.get 3))
          (i32.const 64))
        (func (export "gives") (result i32)
          (i64.store (i32.const 64) (i64.const 0xfff0000000000001)) (i32.const 64)))
      (core instance $m (instantiate $m))
      (type $v (variant (case "a" f64) (case "b" u64)))
      (func (export "bits") (param "a" f32) (param "b" f64) (param "v" $v)
        (result (tuple u32 u64 u64)) (canon lift (core func $m "bits") ${options("$m")}))
      (func (export "gives") (result (tuple f64 u8))
        (canon lift (core func $m "gives") ${options("$m")})))`);
    const odd = new Float64Array(new BigUint64Array([0xfff0000000000123n]).buffer)[0] ?? 0;
    expect(call("bits", odd, odd, new Tagged("a", odd))).toEqual([
      0x7fc00000,
      0x7ff8000000000000n,
      0x7ff8000000000000n,
    ]);
    expect(call("gives")).toEqual([NaN, 0]);
  });
});

describe("a reset", () => {
  test("finds a component as it was captured, whatever a trap left behind", async () => {
    const { call, component, store } = await giving("char", "(i32.const 0xdfff)");
    component.capture();
    for (let round = 0; round < 3; round++) {
      expect(() => call("f")).toThrow("no Unicode scalar value");
      component.reset();
    }
    expect(store.instances).toBe(1);
  });
});

describe("every write of the host is told to the store", () => {
  test("with its place, before what may break it off", async () => {
    const { call, store } = await loadText(`(component
      (core module $m ${ALLOCATOR} (func (export "f") (param i32 i32)))
      (core instance $m (instantiate $m))
      (func (export "f") (param "x" (list string)) (canon lift (core func $m "f") ${
      options("$m")
    })))`);
    call("f", ["abc", "", "de"]);
    expect(store.writes).toEqual([
      { address: 1024, length: 24 },
      { address: 1048, length: 3 },
      { address: 1051, length: 2 },
    ]);
  });
});

describe("values beyond the limit are never made", () => {
  /** `count` elements of 8 bytes that all are the same string of `length` bytes. */
  const bomb = (count: number, length: number) =>
    giving(
      "(list string)",
      `(local $i i32)
      (drop (memory.grow (i32.const 1000)))
      (loop $next
        (i32.store (i32.add (i32.const 65536) (local.get $i)) (i32.const 32))
        (i32.store (i32.add (i32.const 65540) (local.get $i)) (i32.const ${length}))
        (local.set $i (i32.add (local.get $i) (i32.const 8)))
        (br_if $next (i32.lt_u (local.get $i) (i32.const ${count * 8}))))
      ${pair(65536, count)}`,
    );

  test("a list of millions of elements that are the same large string", async () => {
    const { call, store } = await bomb(4_000_000, 60_000_000);
    expect(() => call("f")).toThrow(LiftLimitError);
    expect(store.spent).toBeLessThan(300_000_000);
  });

  test("fuel ends it where the limit does not", async () => {
    const { call, store } = await bomb(1000, 60_000);
    store.fuel = 1_000_000;
    expect(() => call("f")).toThrow("fuel");
  });

  test("the same call again and again is within the limit", async () => {
    const { call } = await bomb(10, 1_000_000);
    for (let round = 0; round < 6; round++) expect(call("f")).toHaveLength(10);
  });
});

import { describe, expect, test } from "vitest";
import { meter } from "../../wasm/mod.ts";
import type { MeteredInstance } from "../../wasm/mod.ts";
import { AMPLE, callExport } from "./support/guests.ts";
import { ending, guestOf, runExport } from "./support/text_guest.ts";
import { wat } from "./support/wat.ts";

const COUNT = `(global $depth (export "depth") (mut i32) (i32.const 0))
  (func $deeper (global.set $depth (i32.add (global.get $depth) (i32.const 1))))`;

/** Locals of a type that are set before the call and used behind it, so that engines must keep them. */
function keeping(count: number, type: string, lane = ""): string {
  const locals = Array.from({ length: count }, (_, index) => `$l${index}`);
  return `(func $f (export "f") (result i32)
    ${locals.map((name) => `(local ${name} ${type})`).join(" ")}
    ${locals.map((name) => `(local.set ${name} (${type}.load (i32.const 0)))`).join(" ")}
    call $deeper (drop (call $f))
    ${locals.map((name) => `(${type}.store${lane} (i32.const 0) (local.get ${name}))`).join(" ")}
    i32.const 0)`;
}

/** Functions `f` that call themselves for ever, and do something with each frame. */
const RECURSIONS: Record<string, string> = {
  "a small frame": `(func $f (export "f") (result i32) call $deeper call $f i32.const 1 i32.add)`,
  "two functions that call each other": `(func $f (export "f") (result i32) call $deeper call $g)
    (func $g (result i32) call $f i32.const 1 i32.add)`,
  "calls through a table": `(type $t (func (result i32))) (table funcref (elem $f))
    (func $f (export "f") (result i32) call $deeper
      (call_indirect (type $t) (i32.const 0)) i32.const 1 i32.add)`,
  "calls from a handler": `(tag $t) (func $f (export "f") (result i32) call $deeper
      try throw $t catch_all call $f drop end i32.const 1)`,
  "calls from inside a try": `(func $f (export "f") (result i32) call $deeper
      try call $f drop catch_all end i32.const 1)`,
  "100 locals": keeping(100, "i64"),
  "1000 locals": keeping(1000, "i64"),
  "300 vectors": keeping(300, "v128"),
  "200 operands": `(func $f (export "f") (result i32) call $deeper
    ${"(i32.load (i32.const 0)) ".repeat(200)} call $f ${"i32.add ".repeat(200)})`,
  "200 vectors as operands": `(func $f (export "f") (result i32) call $deeper
    ${"(v128.load (i32.const 0)) ".repeat(200)} call $f drop ${"v128.xor ".repeat(199)}
    i32x4.extract_lane 0)`,
  "100 parameters": `(func $f (param ${"i64 ".repeat(100)}) (result i32) call $deeper
    ${"(i64.load (i32.const 0)) ".repeat(100)} call $f i32.const 1 i32.add)
    (func (export "f") (result i32) ${"(i64.load (i32.const 0)) ".repeat(100)} call $f)`,
  "100 results": `(func $f (result ${"i64 ".repeat(100)}) call $deeper call $f)
    (func (export "f") (result i32) call $f ${"drop ".repeat(100)} i32.const 0)`,
};

function recursion(source: string): MeteredInstance {
  return guestOf(`(module (memory 1) ${COUNT} ${source})`);
}

function depthOf(guest: MeteredInstance): number {
  const { depth } = guest.exports;
  return depth instanceof WebAssembly.Global ? Number(depth.value) : NaN;
}

function stackLeft(guest: MeteredInstance): unknown {
  const stack = guest.exports["cupel.stack"];
  return stack instanceof WebAssembly.Global ? stack.value : undefined;
}

describe("recursion without end stops for its depth, below the host's own limit", () => {
  test.each(Object.entries(RECURSIONS))("with %s", (_, source) => {
    const guest = recursion(source);
    guest.capture();
    expect(ending(runExport(guest, "f"))).toBe("stack");
    const depth = depthOf(guest);
    expect(depth).toBeGreaterThan(5);
    for (let again = 0; again < 3; again++) {
      expect(guest.reset()).toBe(true);
      expect(ending(runExport(guest, "f"))).toBe("stack");
      expect(depthOf(guest)).toBe(depth);
    }
  });

  test("deeper with a larger budget, in proportion", () => {
    const depths = [50_000, 100_000, 200_000].map((stackBytes) => {
      const guest = recursion(RECURSIONS["a small frame"] ?? "");
      runExport(guest, "f", [], { ...AMPLE, stackBytes });
      return depthOf(guest);
    });
    const [low = 0, middle = 0, high = 0] = depths;
    expect(Math.abs(middle - 2 * low)).toBeLessThan(4);
    expect(Math.abs(high - 4 * low)).toBeLessThan(8);
  });

  test("at a depth that is the same on every runtime", () => {
    const guest = recursion(RECURSIONS["a small frame"] ?? "");
    const { fuel } = runExport(guest, "f");
    const other = recursion(RECURSIONS["a small frame"] ?? "");
    // Warm code has other frames on the native stack, and must not get deeper for it.
    for (let times = 0; times < 200; times++) {
      runExport(other, "f", [], { ...AMPLE, stackBytes: 20_000 });
    }
    other.exports.depth instanceof WebAssembly.Global && (other.exports.depth.value = 0);
    expect(runExport(other, "f").fuel).toBe(fuel);
    expect(depthOf(other)).toBe(depthOf(guest));
  });
});

describe("the count of the depth is right again", () => {
  const EXITS: Record<string, string> = {
    "the end": `(func $g (result i32) call $h i32.const 1)`,
    return: `(func $g (result i32) call $h i32.const 5 i32.const 1 return)`,
    "return out of nested blocks": `(func $g (result i32)
      block loop i32.const 7 block call $h i32.const 1 return end drop end end i32.const 2)`,
    "a branch to the function's own label": `(func $g (result i32) call $h
      block i32.const 1 br 1 end i32.const 2)`,
    "br_table to the function's own label": `(func $g (result i32) call $h
      block i32.const 1 i32.const 0 br_table 1 1 end i32.const 2)`,
    "a tail call": `(func $g (result i32) call $h return_call $one)
      (func $one (result i32) call $h i32.const 1)`,
    "a tail call through a table": `(type $t (func (result i32))) (table funcref (elem $one))
      (func $g (result i32) call $h i32.const 0 return_call_indirect (type $t))
      (func $one (result i32) call $h i32.const 1)`,
    "a tail call out of a try": `(func $g (result i32)
      try call $h return_call $one catch_all end i32.const 2)
      (func $one (result i32) call $h i32.const 1)`,
    "an exception, caught by catch": `(func $g (result i32)
      try (result i32) call $fails catch $t i32.const 1 end)`,
    "an exception, caught by catch_all": `(func $g (result i32)
      try (result i32) call $fails catch_all i32.const 1 end)`,
    "an exception, delegated": `(func $g (result i32)
      try (result i32) try (result i32) call $fails delegate 0 catch_all i32.const 1 end)`,
    "an exception, delegated to the caller": `(func $g (result i32)
      try (result i32) call $delegates catch_all i32.const 1 end)
      (func $delegates (result i32) try (result i32) call $fails delegate 0)`,
    "an exception, thrown again": `(func $g (result i32)
      try (result i32) try (result i32) call $fails catch_all rethrow 0 end
      catch_all i32.const 1 end)`,
  };
  const TABLE_EXITS: Record<string, string> = {
    "an exception, caught by a block": `(func $g (result i32)
      (block $caught (drop (try_table (result i32) (catch $t $caught) (call $fails))))
      i32.const 1)`,
    "an exception, caught with a reference": `(func $g (result i32)
      (drop (block $caught (result exnref)
        (drop (try_table (result i32) (catch_all_ref $caught) (call $fails))) unreachable))
      i32.const 1)`,
    "an exception, caught by the function's own label": `(func $g (result i32)
      (call $catches) i32.const 1)
      (func $catches (drop (try_table (result i32) (catch_all 0) (call $fails))))`,
    "an exception, caught by a loop": `(func $g (result i32) (local i32)
      (loop $again
        (if (local.get 0) (then (return (i32.const 1))))
        (local.set 0 (i32.const 1))
        (drop (try_table (result i32) (catch $t $again) (call $fails))))
      i32.const 2)`,
    "an exception, thrown again by its reference": `(func $g (result i32)
      (block $outer
        (try_table (catch_all $outer)
          (throw_ref (block $inner (result exnref)
            (drop (try_table (result i32) (catch_all_ref $inner) (call $fails)))
            unreachable))))
      i32.const 1)`,
  };
  // Functions that call themselves, so that their frames are counted.
  const frame = `(tag $t)
    (func $h (local i64 i64 i64) (call $down (i32.const 2)))
    (func $down (param i32)
      (if (local.get 0) (then (call $down (i32.sub (local.get 0) (i32.const 1))))))
    (func $fails (result i32) (call $dive (i32.const 3)) (i32.const 2))
    (func $dive (param i32) (local i64 i64 i64 i64 i64)
      (if (i32.eqz (local.get 0)) (then call $h throw $t))
      (call $dive (i32.sub (local.get 0) (i32.const 1))))
    (func (export "f") (param i32) (result i32) (local i32)
      (loop $again
        (local.set 1 (i32.add (local.get 1) (call $g)))
        (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
      local.get 1)`;

  test.each(Object.entries({ ...EXITS, ...TABLE_EXITS }))("after %s", (_, source) => {
    const guest = guestOf(`(module ${source} ${frame})`);
    expect(ending(runExport(guest, "f", [5000]))).toBe(5000);
    expect(stackLeft(guest)).toBe(AMPLE.stackBytes);
  });

  test("after exceptions from the greatest depth", () => {
    const guest = guestOf(`(module (tag $t)
      (func $dive (param i32)
        (if (i32.eqz (local.get 0)) (then throw $t))
        (call $dive (i32.sub (local.get 0) (i32.const 1))))
      (func (export "f") (param i32) (result i32) (local i32)
        (loop $again
          try (call $dive (i32.const 300)) catch $t (local.set 1 (i32.add (local.get 1) (i32.const 1))) end
          (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        local.get 1))`);
    expect(ending(runExport(guest, "f", [100]))).toBe(100);
    expect(stackLeft(guest)).toBe(AMPLE.stackBytes);
  });

  test("after a trap, at the next run", () => {
    const guest = recursion(RECURSIONS["a small frame"] ?? "");
    runExport(guest, "f");
    guest.run(AMPLE, () => undefined);
    expect(stackLeft(guest)).toBe(AMPLE.stackBytes);
  });

  test("after an import that throws, at the next run", () => {
    const guest = guestOf(
      `(module (import "" "fail" (func $fail)) (func $g call $fail)
      (func (export "f") call $g))`,
      {
        "": {
          fail: () => {
            throw new Error("from the host");
          },
        },
      },
    );
    const result = runExport(guest, "f");
    expect(result.ok ? undefined : result.stop).toMatchObject({
      reason: "host",
      message: "from the host",
    });
    expect(guest.run(AMPLE, () => stackLeft(guest))).toMatchObject({ value: AMPLE.stackBytes });
  });
});

test("a function with more locals than engines take is refused", () => {
  const source = `(module (func (local ${"i32 ".repeat(50_001)})))`;
  expect(() => meter(wat(source))).toThrow(/too many locals/);
  expect(callExport(guestOf(`(module (func (export "f")))`).exports, "f")).toBeUndefined();
});

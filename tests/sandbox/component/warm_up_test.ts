import { describe, expect, test } from "vitest";
import type { Outcome } from "../../../sandbox/outcome.ts";
import { componentIsolate } from "./support/guest.ts";

function kindOf(outcome: Outcome): unknown {
  return outcome.ok ? outcome.value : outcome.failure.kind;
}

/** An allocator that grows the memory at each request, until it was asked for a megabyte: then it does `warm`. */
function withAllocator(warm: string): string {
  return `(component
    (type $r (resource (rep i32)))
    (core func $drop (canon resource.drop $r))
    (core func $new (canon resource.new $r))
    (core module $m
      (import "h" "drop" (func $drop (param i32)))
      (import "h" "new" (func $new (param i32) (result i32)))
      (memory (export "m") 1)
      (global $warm (mut i32) (i32.const 0))
      (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
        (if (i32.eq (local.get 3) (i32.const 1048576)) (then (global.set $warm (i32.const 1)) ${warm}))
        (if (i32.eqz (global.get $warm)) (then (drop (memory.grow (i32.const 1)))))
        (i32.const 1024))
      (func (export "go") (param i32) (result i32)
        (if (local.get 0) (then (drop (memory.grow (i32.const 1)))))
        (i32.add (i32.const 42) (global.get $warm))))
    (core instance $i (instantiate $m
      (with "h" (instance (export "drop" (func $drop)) (export "new" (func $new))))))
    (func (export "go") (param "grow" u32) (result u32) (canon lift (core func $i "go"))))`;
}

describe("an allocator", () => {
  test("is warmed up before the image is taken where that spares growing", async () => {
    const isolate = await componentIsolate(withAllocator(""));
    expect([0, 1, 0, 0].map((grow) => kindOf(isolate.call("go", [grow])))).toEqual([
      43,
      43,
      43,
      43,
    ]);
  });

  test.each([
    [
      "drops a handle that is not there",
      `(block $h (try_table (catch_all $h) (call $drop (i32.const 77))))`,
    ],
    ["makes a handle", `(block $h (try_table (catch_all $h) (drop (call $new (i32.const 1)))))`],
    ["traps", "(unreachable)"],
    ["never ends", "(loop $l (br $l))"],
  ])("that %s meanwhile is left cold, and no call knows of another", async (_, warm) => {
    const isolate = await componentIsolate(withAllocator(warm));
    expect([0, 0, 1, 0, 1, 0].map((grow) => kindOf(isolate.call("go", [grow]))))
      .toEqual([42, 42, 42, 42, 42, 42]);
  });
});

test("a call whose memory grows pays for the load that it makes necessary", async () => {
  const start = `(func $s (local $i i32) (loop $l
    (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 1000000)))))
    (start $s)`;
  const isolate = await componentIsolate(`(component
    (core module $m (memory 1) ${start} (func (export "go") (param i32) (result i32)
      (if (local.get 0) (then (drop (memory.grow (i32.const 1))))) (i32.const 1)))
    (core instance $i (instantiate $m))
    (func (export "go") (param "grow" u32) (result u32) (canon lift (core func $i "go"))))`);
  const [plain = 0, grown = 0, after = 0] = [0, 1, 0]
    .map((grow) => isolate.call("go", [grow]).usage.fuel);
  expect(grown - plain).toBeGreaterThan(1_000_000);
  expect(after).toBe(plain);
});

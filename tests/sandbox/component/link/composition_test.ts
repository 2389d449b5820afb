import { describe, expect, test } from "vitest";
import { type HostInterface, readComponent } from "../../../../sandbox/component/mod.ts";
import { ALLOCATOR, assemble, loadText, options } from "../support/wat.ts";

const SHOUT = `(component $Shout
  (core module $m ${ALLOCATOR}
    (global $calls (mut i32) (i32.const 0))
    (func (export "shout") (param i32 i32) (result i32)
      (i32.store8 (local.get 0) (i32.const 0x41))
      (i32.store (i32.const 0) (local.get 0))
      (i32.store (i32.const 4) (local.get 1))
      (i32.const 0))
    (func (export "post") (param i32)
      (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
      (i32.store (i32.const 4) (i32.const 0)))
    (func (export "calls") (result i32) (global.get $calls)))
  (core instance $m (instantiate $m))
  (func (export "shout") (param "s" string) (result string)
    (canon lift (core func $m "shout") ${options("$m")} (post-return (core func $m "post"))
      string-encoding=utf8))
  (func (export "calls") (result u32) (canon lift (core func $m "calls"))))`;

describe("components in components", () => {
  test("call each other by copies, with other encodings, and clear up", async () => {
    const { call } = await loadText(`(component
      ${SHOUT}
      (instance $shout (instantiate $Shout))
      (component $Client
        (import "shout" (func $shout (param "s" string) (result string)))
        (core module $lib ${ALLOCATOR})
        (core instance $lib (instantiate $lib))
        (core func $shout (canon lower (func $shout) ${options("$lib")} string-encoding=utf16))
        (core module $m
          (import "" "shout" (func $shout (param i32 i32 i32)))
          (func (export "run") (param i32 i32) (result i32)
            (call $shout (local.get 0) (local.get 1) (i32.const 64)) (i32.const 64)))
        (core instance $m (instantiate $m (with "" (instance (export "shout" (func $shout))))))
        (func (export "run") (param "s" string) (result string)
          (canon lift (core func $m "run") ${options("$lib")} string-encoding=utf16)))
      (instance $client (instantiate $Client (with "shout" (func $shout "shout"))))
      (export "run" (func $client "run"))
      (export "calls" (func $shout "calls")))`);
    expect(call("run", "x€😀")).toBe("A€😀");
    expect(call("run", "yy")).toBe("Ay");
    expect(call("calls")).toBe(2);
  });

  test("may not enter each other while they run, and may after a reset", async () => {
    const { call, component } = await loadText(
      `(component
      (import "test:test/host@1.0.0" (instance $h (export "back" (func))))
      (core func $back (canon lower (func $h "back")))
      (core module $m (import "" "back" (func $back))
        (func (export "go") (call $back)) (func (export "leaf")))
      (core instance $m (instantiate $m (with "" (instance (export "back" (func $back))))))
      (func (export "go") (canon lift (core func $m "go")))
      (func (export "leaf") (canon lift (core func $m "leaf"))))`,
      {
        grants: new Map([["test:test/host", hostThat(() => void call("leaf"))]]),
      },
    );
    component.capture();
    call("leaf");
    expect(() => call("go")).toThrow("calls a component that is still running a call");
    expect(() => call("leaf")).toThrow("calls a component that is still running a call");
    component.reset();
    call("leaf");
  });

  test("cannot call out of realloc or post-return", async () => {
    for (const culprit of ["realloc", "post"]) {
      const { call } = await loadText(
        `(component
        (import "test:test/host@1.0.0" (instance $h (export "back" (func))))
        (core func $back (canon lower (func $h "back")))
        (core module $m (import "" "back" (func $back)) (memory (export "memory") 1)
          (func (export "realloc") (param i32 i32 i32 i32) (result i32)
            ${culprit === "realloc" ? "(call $back)" : ""} (i32.const 8))
          (func (export "post") ${culprit === "post" ? "(call $back)" : ""})
          (func (export "f") (param i32 i32)))
        (core instance $m (instantiate $m (with "" (instance (export "back" (func $back))))))
        (func (export "f") (param "s" string) (canon lift (core func $m "f") ${options("$m")}
          (post-return (core func $m "post")))))`,
        {
          grants: new Map([["test:test/host", hostThat(() => {})]]),
        },
      );
      expect(() => call("f", "x")).toThrow("calls an import where it may not");
    }
  });

  test("see types, modules and components around them", async () => {
    const { call } = await loadText(`(component
      (type $t (list u8))
      (core module $m (func (export "f") (result i32) (i32.const 7)))
      (component $Inner
        (alias outer 1 $m (core module $again))
        (core instance $i (instantiate $again))
        (func (export "f") (result u32) (canon lift (core func $i "f"))))
      (component $Outer
        (alias outer 1 $Inner (component $C))
        (instance $c (instantiate $C))
        (export "f" (func $c "f")))
      (instance $o (instantiate $Outer))
      (export "f" (func $o "f")))`);
    expect(call("f")).toBe(7);
  });

  test("call one another at a bounded depth, however many they are", async () => {
    const chain = (length: number) => {
      const links = Array.from({ length }, (_, at) => `
        (instance $i${at + 1} (instantiate $Link (with "f" (func $i${at} "f"))))`).join("");
      return loadText(`(component
        (component $End
          (core module $m (func (export "f") (result i32) (i32.const 9)))
          (core instance $m (instantiate $m))
          (func (export "f") (result u32) (canon lift (core func $m "f"))))
        (component $Link
          (import "f" (func $f (result u32)))
          (core func $f (canon lower (func $f)))
          (core module $m (import "" "f" (func $f (result i32)))
            (func (export "f") (result i32) (call $f)))
          (core instance $m (instantiate $m (with "" (instance (export "f" (func $f))))))
          (func (export "f") (result u32) (canon lift (core func $m "f"))))
        (instance $i0 (instantiate $End))
        ${links}
        (export "f" (func $i${length} "f"))
        (export "end" (func $i0 "f")))`);
    };
    expect((await chain(63)).call("f")).toBe(9);
    const { call, component } = await chain(64);
    component.capture();
    expect(() => call("f")).toThrow("nests calls of components and destructors more than 64 deep");
    component.reset();
    for (let round = 0; round < 100; round++) expect(call("end")).toBe(9);
  });

  test("run their start function", async () => {
    const seen: string[] = [];
    await loadText(
      `(component
      (import "test:test/host@1.0.0" (instance $h (export "back" (func))))
      (alias export $h "back" (func $f))
      (start $f))`,
      {
        grants: new Map([["test:test/host", hostThat(() => void seen.push("started"))]]),
      },
    );
    expect(seen).toEqual(["started"]);
  });
});

function hostThat(call: () => void): HostInterface {
  return {
    name: "test:test/host",
    version: "1.0.0",
    resources: new Map(),
    functions: new Map([["back", { type: { params: [], result: null }, call: () => void call() }]]),
  };
}

describe("small files that ask for too much", () => {
  const read = async (text: string) => readComponent(await assemble(text));

  test("instances that double", async () => {
    const levels = Array.from(
      { length: 40 },
      (_, n) =>
        `(component $c${n + 1} (alias outer 1 $c${n} (component $c))
        (instance (instantiate $c)) (instance (instantiate $c)))`,
    ).join("\n");
    await expect(read(`(component (component $c0) ${levels} (instance (instantiate $c40)))`))
      .rejects.toThrow("more than 1000 instances");
  });

  test("instances that lead on and on", async () => {
    const levels = Array.from(
      { length: 500 },
      (_, n) =>
        `(component $c${n + 1} (alias outer 1 $c${n} (component $c)) (instance (instantiate $c)))`,
    )
      .join("\n");
    await expect(read(`(component (component $c0) ${levels} (instance (instantiate $c500)))`))
      .rejects.toThrow("nests instances more than 100 deep");
  });

  test("types that double", async () => {
    const levels = Array.from({ length: 60 }, (_, n) => `(type $t${n + 1} (tuple $t${n} $t${n}))`)
      .join("\n");
    await expect(read(`(component (type $t0 u8) ${levels})`)).rejects.toThrow("100000 parts");
  });

  test("types that are deep", async () => {
    const levels = Array.from({ length: 200 }, (_, n) => `(type $t${n + 1} (list $t${n}))`).join(
      "\n",
    );
    await expect(read(`(component (type $t0 u8) ${levels})`)).rejects.toThrow("100 deep");
  });

  test("types of instances that double", async () => {
    const levels = Array.from({ length: 60 }, (_, n) =>
      `(type $t${n + 1} (instance
        (alias outer 1 $t${n} (type $t))
        (export "a" (instance (type $t))) (export "b" (instance (type $t)))))`).join("\n");
    const text = `(component (type $t0 (instance)) ${levels} (import "x" (instance (type $t60))))`;
    await expect(read(text)).rejects.toThrow("too many steps");
  });
});

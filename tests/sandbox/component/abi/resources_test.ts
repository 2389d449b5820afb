import { describe, expect, test } from "vitest";
import {
  ComponentTrap,
  Handle,
  type HostFunction,
  type HostInterface,
  type ResourceType,
} from "../../../../sandbox/component/mod.ts";
import { loadText } from "../support/wat.ts";
import { StoreStop } from "../support/plain_store.ts";

/** Defines a counter; its destructor counts how often it ran, and notes of whom. */
const COUNTER = `(component $C
  (core module $dtor
    (global (export "dropped") (mut i32) (i32.const 0))
    (func (export "dtor") (param i32)
      (global.set 0 (i32.add (i32.mul (global.get 0) (i32.const 10)) (local.get 0)))))
  (core instance $dtor (instantiate $dtor))
  (type $r' (resource (rep i32) (dtor (core func $dtor "dtor"))))
  (core func $new (canon resource.new $r'))
  (core func $drop (canon resource.drop $r'))
  (core func $rep (canon resource.rep $r'))
  (core module $m
    (import "r" "new" (func $new (param i32) (result i32)))
    (import "r" "drop" (func $drop (param i32)))
    (import "r" "rep" (func $rep (param i32) (result i32)))
    (import "r" "dropped" (global $dropped (mut i32)))
    (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
    (func (export "value") (param i32) (result i32) (local.get 0))
    (func (export "take") (param i32) (result i32)
      (call $rep (local.get 0)) (call $drop (local.get 0)))
    (func (export "twice") (param i32)
      (call $drop (local.get 0)) (call $drop (local.get 0)))
    (func (export "many") (param i32)
      (loop $again
        (drop (call $new (i32.const 0)))
        (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
        (br_if $again (local.get 0))))
    (func (export "dropped") (result i32) (global.get $dropped)))
  (core instance $m (instantiate $m (with "r" (instance
    (export "new" (func $new)) (export "drop" (func $drop)) (export "rep" (func $rep))
    (export "dropped" (global $dtor "dropped"))))))
  (export $r "counter" (type $r'))
  (func (export "make") (param "n" u32) (result (own $r)) (canon lift (core func $m "make")))
  (func (export "value") (param "c" (borrow $r)) (result u32) (canon lift (core func $m "value")))
  (func (export "take") (param "c" (own $r)) (result u32) (canon lift (core func $m "take")))
  (func (export "twice") (param "c" (own $r)) (canon lift (core func $m "twice")))
  (func (export "many") (param "n" u32) (canon lift (core func $m "many")))
  (func (export "dropped") (result u32) (canon lift (core func $m "dropped"))))`;

/** A resource whose destructor drops another one, as often as its representation says. */
const NESTED = `(component
  (core module $d
    (table (export "t") 1 funcref)
    (func (export "dtor") (param i32) (call_indirect (param i32) (local.get 0) (i32.const 0))))
  (core instance $d (instantiate $d))
  (alias core export $d "dtor" (core func $dtor))
  (type $r (resource (rep i32) (dtor (core func $dtor))))
  (core func $new (canon resource.new $r))
  (core func $drop (canon resource.drop $r))
  (core module $m
    (import "h" "new" (func $new (param i32) (result i32)))
    (import "h" "drop" (func $drop (param i32)))
    (import "h" "t" (table 1 funcref))
    (func $d (param i32)
      (if (local.get 0) (then (call $drop (call $new (i32.sub (local.get 0) (i32.const 1)))))))
    (elem (i32.const 0) func $d)
    (func (export "drop") (param i32) (result i32)
      (call $drop (call $new (local.get 0))) (i32.const 0)))
  (core instance $i (instantiate $m (with "h" (instance
    (export "new" (func $new)) (export "drop" (func $drop)) (export "t" (table $d "t"))))))
  (func (export "drop") (param "n" u32) (result u32) (canon lift (core func $i "drop"))))`;

describe("a resource that a component defines", () => {
  test("crosses as a handle, owned and borrowed", async () => {
    const { call } = await loadText(COUNTER);
    const counter = call("make", 7);
    expect(counter).toBeInstanceOf(Handle);
    expect(counter).toMatchObject({ representation: 7, resource: { name: "counter" } });
    if (!(counter instanceof Handle)) return;
    expect(call("value", counter)).toBe(7);
    expect(call("take", counter)).toBe(7);
    expect(call("dropped")).toBe(7);
  });

  test("cannot be dropped twice", async () => {
    const { call, component } = await loadText(COUNTER);
    component.capture();
    const counter = call("make", 7) ?? 0;
    expect(() => call("twice", counter)).toThrow(ComponentTrap);
    expect(() => call("dropped")).toThrow("uses the handle 1, which does not exist");
    component.reset();
    expect(call("make", 3)).toMatchObject({ representation: 3 });
  });

  test("has destructors that may drop others, but not without end", async () => {
    const { call, component } = await loadText(NESTED);
    component.capture();
    expect(call("drop", 50)).toBe(0);
    expect(() => call("drop", 1000)).toThrow(/nests calls of components and destructors/);
    component.reset();
    expect(call("drop", 50)).toBe(0);
  });

  test("has a bounded number of handles", async () => {
    const { call, component } = await loadText(COUNTER);
    component.capture();
    call("many", 9000);
    component.reset();
    call("many", 9000);
    expect(() => call("many", 2000)).toThrow(StoreStop);
    component.reset();
    call("many", 9000);
  });
});

/** A client of the counter in another component. */
const CLIENT = `(component
  ${COUNTER}
  (instance $c (instantiate $C))
  (component $D
    (import "c" (instance $c
      (export "counter" (type $r (sub resource)))
      (export "make" (func (param "n" u32) (result (own $r))))
      (export "value" (func (param "c" (borrow $r)) (result u32)))
      (export "take" (func (param "c" (own $r)) (result u32)))
      (export "dropped" (func (result u32)))))
    (alias export $c "counter" (type $r))
    (core func $make (canon lower (func $c "make")))
    (core func $value (canon lower (func $c "value")))
    (core func $take (canon lower (func $c "take")))
    (core func $drop (canon resource.drop $r))
    (core module $m
      (import "c" "make" (func $make (param i32) (result i32)))
      (import "c" "value" (func $value (param i32) (result i32)))
      (import "c" "take" (func $take (param i32) (result i32)))
      (import "c" "drop" (func $drop (param i32)))
      (func (export "use") (result i32) (local $c i32)
        (local.set $c (call $make (i32.const 5)))
        (i32.mul (call $value (local.get $c)) (i32.const 100))
        (call $drop (local.get $c)))
      (func (export "give") (result i32) (call $take (call $make (i32.const 6))))
      (func (export "keep") (result i32) (local $c i32)
        (local.set $c (call $make (i32.const 5)))
        (drop (call $take (local.get $c)))
        (call $value (local.get $c)))
      (func (export "forge") (result i32) (call $value (i32.const 1))))
    (core instance $m (instantiate $m (with "c" (instance
      (export "make" (func $make)) (export "value" (func $value))
      (export "take" (func $take)) (export "drop" (func $drop))))))
    (func (export "use") (result u32) (canon lift (core func $m "use")))
    (func (export "give") (result u32) (canon lift (core func $m "give")))
    (func (export "keep") (result u32) (canon lift (core func $m "keep")))
    (func (export "forge") (result u32) (canon lift (core func $m "forge"))))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "use" (func $d "use"))
  (export "give" (func $d "give"))
  (export "keep" (func $d "keep"))
  (export "forge" (func $d "forge"))
  (export "dropped" (func $c "dropped")))`;

describe("a resource of another component", () => {
  test("is used, given and dropped through handles, and its destructor runs", async () => {
    const { call } = await loadText(CLIENT);
    expect(call("use")).toBe(500);
    expect(call("dropped")).toBe(5);
    expect(call("give")).toBe(6);
    expect(call("dropped")).toBe(56);
  });

  test("cannot be used after it was given away, nor guessed", async () => {
    const { call, component } = await loadText(CLIENT);
    component.capture();
    expect(() => call("keep")).toThrow("uses the handle 1, which does not exist");
    component.reset();
    expect(() => call("forge")).toThrow("uses the handle 1, which does not exist");
  });
});

/** Borrows a handle of the host's, and does with it what each function says. */
const BORROWER = `(component
  (import "test:host/things" (instance $h
    (export "thing" (type $t (sub resource)))
    (export "get" (func (result (own $t))))
    (export "look" (func (param "t" (borrow $t)) (result u32)))
    (export "eat" (func (param "t" (own $t))))))
  (alias export $h "thing" (type $t))
  (core func $get (canon lower (func $h "get")))
  (core func $look (canon lower (func $h "look")))
  (core func $eat (canon lower (func $h "eat")))
  (core func $drop (canon resource.drop $t))
  (core module $m
    (import "h" "get" (func $get (result i32)))
    (import "h" "look" (func $look (param i32) (result i32)))
    (import "h" "eat" (func $eat (param i32)))
    (import "h" "drop" (func $drop (param i32)))
    (global $kept (mut i32) (i32.const 0))
    (func $fine (export "fine") (param i32) (result i32)
      (call $look (local.get 0)) (call $drop (local.get 0)))
    (func (export "keeps") (param i32) (result i32) (call $look (local.get 0)))
    (func (export "eats") (param i32) (result i32) (call $eat (local.get 0)) (i32.const 0))
    (func (export "own") (result i32) (local $t i32)
      (local.set $t (call $get))
      (i32.add (i32.mul (i32.const 100) (local.get $t)) (call $look (local.get $t)))
      (call $eat (local.get $t))))
  (core instance $m (instantiate $m (with "h" (instance
    (export "get" (func $get)) (export "look" (func $look))
    (export "eat" (func $eat)) (export "drop" (func $drop))))))
  (func (export "fine") (param "t" (borrow $t)) (result u32) (canon lift (core func $m "fine")))
  (func (export "keeps") (param "t" (borrow $t)) (result u32) (canon lift (core func $m "keeps")))
  (func (export "eats") (param "t" (borrow $t)) (result u32) (canon lift (core func $m "eats")))
  (func (export "own") (result u32) (canon lift (core func $m "own"))))`;

describe("a resource of the host", () => {
  const thing: ResourceType = { name: "thing" };
  const handle = new Handle(thing, { value: 42 });
  const eaten: unknown[] = [];
  const u32 = { kind: "u32" } as const;
  const host: HostInterface = {
    name: "test:host/things",
    version: "0.1.0",
    resources: new Map([["thing", { type: thing }]]),
    functions: new Map<string, HostFunction>([
      ["get", {
        type: { params: [], result: { kind: "own", resource: thing } },
        call: () => handle,
      }],
      ["look", {
        type: { params: [{ name: "t", type: { kind: "borrow", resource: thing } }], result: u32 },
        call: (one) =>
          one instanceof Handle && one.representation === handle.representation ? 1 : 0,
      }],
      ["eat", {
        type: { params: [{ name: "t", type: { kind: "own", resource: thing } }], result: null },
        call: (one) => void eaten.push(one),
      }],
    ]),
  };
  const grants = new Map([["test:host/things", { ...host, version: "1.0.0" }]]);
  const text = BORROWER.replace("test:host/things", "test:host/things@1.0.0");

  test("is borrowed for a call and dropped in it", async () => {
    const { call } = await loadText(text, { grants });
    expect(call("fine", handle)).toBe(1);
    expect(call("own")).toBe(101);
    expect(call("own")).toBe(101);
    expect(eaten).toHaveLength(2);
  });

  test("must be dropped in it, and is not the borrower's to give", async () => {
    const { call, component } = await loadText(text, { grants });
    component.capture();
    expect(() => call("keeps", handle)).toThrow("returns without dropping all borrowed handles");
    component.reset();
    expect(() => call("eats", handle)).toThrow("gives away the handle 1, which it only borrowed");
    component.reset();
    expect(call("fine", handle)).toBe(1);
  });
});

import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  ComponentFormatError,
  ComponentLoadError,
  ComponentTrap,
  type ComponentValue,
  type ExportedFunction,
  Handle,
  type HostFunction,
  type HostInterface,
  LiftLimitError,
  loadComponent,
  readComponent,
  Tagged,
  type ValueType,
} from "../../../../sandbox/component/mod.ts";
import { PlainStore, StoreStop } from "../support/plain_store.ts";
import { ALLOCATOR, assemble, options } from "../support/wat.ts";

/** Many kinds of types and a resource, through two components and the host. */
const TEXT = `(component
  (import "test:test/host@1.0.0" (instance $h
    (export "r" (type $r (sub resource)))
    (export "make" (func (param "n" u32) (result (own $r))))
    (export "look" (func (param "r" (borrow $r)) (param "s" string) (result (list string))))
    (export "wide" (func (param "a" (tuple u64 f32 f64 char s8)) (result (option u64))))))
  (alias export $h "r" (type $r))
  (core module $lib ${ALLOCATOR})
  (core instance $lib (instantiate $lib))
  (core func $make (canon lower (func $h "make")))
  (core func $look (canon lower (func $h "look") ${options("$lib")}))
  (core func $wide (canon lower (func $h "wide") ${options("$lib")}))
  (core func $drop (canon resource.drop $r))
  (core module $m
    (import "h" "make" (func $make (param i32) (result i32)))
    (import "h" "look" (func $look (param i32 i32 i32 i32)))
    (import "h" "wide" (func $wide (param i64 f32 f64 i32 i32 i32)))
    (import "h" "drop" (func $drop (param i32)))
    (func (export "run") (param i32 i32 i32) (result i32) (local $r i32)
      (local.set $r (call $make (local.get 2)))
      (call $look (local.get $r) (local.get 0) (local.get 1) (i32.const 512))
      (call $drop (local.get $r))
      (i32.const 512))
    (func (export "wide") (param i64 f32 f64 i32 i32) (result i32)
      (call $wide (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)
        (i32.const 512))
      (i32.const 512))
    (func (export "pick") (param i32 i64) (result i32) (local.get 0))
    (func (export "post") (param i32)))
  (core instance $m (instantiate $m (with "h" (instance (export "make" (func $make))
    (export "look" (func $look)) (export "wide" (func $wide)) (export "drop" (func $drop))))))
  (type $v (variant (case "a" u8) (case "b" f64) (case "c")))
  (func $run (param "s" string) (param "n" u32) (result (list string))
    (canon lift (core func $m "run") ${options("$lib")} (post-return (core func $m "post"))))
  (func $wide (param "a" (tuple u64 f32 f64 char s8)) (result (option u64))
    (canon lift (core func $m "wide") ${options("$lib")}))
  (func $pick (param "v" $v) (result (enum "x" "y" "z")) (canon lift (core func $m "pick")))
  (component $Wrap
    (import "f" (func $f (param "s" string) (param "n" u32) (result (list string))))
    (core module $lib ${ALLOCATOR})
    (core instance $lib (instantiate $lib))
    (core func $f (canon lower (func $f) ${options("$lib")} string-encoding=utf16))
    (core module $m (import "" "f" (func $f (param i32 i32 i32 i32)))
      (func (export "f") (param i32 i32 i32) (result i32)
        (call $f (local.get 0) (local.get 1) (local.get 2) (i32.const 512)) (i32.const 512)))
    (core instance $m (instantiate $m (with "" (instance (export "f" (func $f))))))
    (func (export "f") (param "s" string) (param "n" u32) (result (list string))
      (canon lift (core func $m "f") ${options("$lib")} string-encoding=utf16)))
  (instance $wrap (instantiate $Wrap (with "f" (func $run))))
  (export "wrapped" (func $wrap "f"))
  (export "wide" (func $wide))
  (export "pick" (func $pick)))`;

const r = { name: "r" };
const host: HostInterface = {
  name: "test:test/host",
  version: "1.0.0",
  resources: new Map([["r", { type: r }]]),
  functions: new Map<string, HostFunction>([
    ["make", {
      type: {
        params: [{ name: "n", type: { kind: "u32" } }],
        result: { kind: "own", resource: r },
      },
      call: () => new Handle(r, {}),
    }],
    ["look", {
      type: {
        params: [{ name: "r", type: { kind: "borrow", resource: r } }, {
          name: "s",
          type: { kind: "string" },
        }],
        result: { kind: "list", element: { kind: "string" } },
      },
      call: (_, text) => [text ?? "", "x"],
    }],
    ["wide", {
      type: {
        params: [{
          name: "a",
          type: {
            kind: "tuple",
            items: (["u64", "f32", "f64", "char", "s8"] as const).map((kind) => ({ kind })),
          },
        }],
        result: { kind: "option", some: { kind: "u64" } },
      },
      call: (tuple) => new Tagged("some", Array.isArray(tuple) ? tuple[0] ?? 0n : 0n),
    }],
  ]),
};

/** Some value of a type. */
function some(type: ValueType): ComponentValue {
  switch (type.kind) {
    case "bool":
      return true;
    case "u64":
    case "s64":
      return 7n;
    case "char":
    case "string":
      return "x";
    case "list":
      return type.element.kind === "u8" ? Uint8Array.of(1) : [some(type.element)];
    case "tuple":
      return type.items.map(some);
    case "record":
      return Object.fromEntries(type.fields.map((field) => [field.name, some(field.type)]));
    case "variant": {
      const [first] = type.cases;
      return first === undefined
        ? 0
        : new Tagged(first.name, first.type ? some(first.type) : undefined);
    }
    case "option":
      return new Tagged("some", some(type.some));
    case "result":
      return new Tagged("ok", type.ok === null ? undefined : some(type.ok));
    case "enum":
      return type.names[0] ?? "";
    case "flags":
      return [...type.names];
    case "own":
    case "borrow":
      return new Handle(type.resource, 1);
  }
  return 3;
}

const DOCUMENTED = [
  ComponentFormatError,
  ComponentLoadError,
  ComponentTrap,
  LiftLimitError,
  StoreStop,
  WebAssembly.RuntimeError,
  WebAssembly.CompileError,
];

/** Reads, loads and calls all; gives how many calls gave something. Other errors than documented go through. */
function run(bytes: Uint8Array): number {
  let calls = 0;
  const attempt = (body: () => void) => {
    try {
      body();
      calls++;
    } catch (error) {
      if (!DOCUMENTED.some((one) => error instanceof one)) throw error;
    }
  };
  attempt(() => {
    const component = readComponent(bytes);
    const store = new PlainStore(component);
    store.fuel = 1e7;
    const grants = new Map([[host.name, host]]);
    const loaded = loadComponent(component, store, { grants, mostBytes: 1e6 });
    loaded.capture();
    calls--;
    const call = (exported: ExportedFunction) => {
      loaded.reset();
      loaded.call(exported, exported.type.params.map((param) => some(param.type)));
    };
    for (const exported of loaded.functions.values()) attempt(() => call(exported));
  });
  return calls;
}

test("a component whose linkage is corrupted ends in documented errors, or works", async () => {
  const original = await assemble(TEXT);
  expect(run(original)).toBe(3);
  const { coreModules } = readComponent(original);
  const isCode = (at: number) =>
    coreModules.some(({ byteOffset, length }) => at >= byteOffset && at < byteOffset + length);
  // Core code may loop for ever: it is the meter's to bound, which this store has not.
  const places = Array.from(original.keys()).filter((at) => at >= 8 && !isCode(at));
  let worked = 0;
  const change = fc.tuple(fc.constantFrom(...places), fc.oneof(fc.nat(255), fc.nat(12)));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 2 }), (changes) => {
      const bytes = new Uint8Array(original);
      for (const [at, value] of changes) bytes[at] = value;
      if (run(bytes) > 0) worked++;
    }),
    { numRuns: 2500, seed: 9 },
  );
  expect(worked).toBeGreaterThan(100);
});

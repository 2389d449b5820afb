import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ComponentFormatError,
  ComponentLoadError,
  functionText,
  isComponent,
  readComponent,
} from "../../../../sandbox/component/mod.ts";
import { handMade, toolMade } from "../support/real_components.ts";
import { assemble } from "../support/wat.ts";

/** Reads; gives whether it could. Any other error than the documented ones goes through. */
function reads(bytes: Uint8Array): boolean {
  try {
    readComponent(bytes);
    return true;
  } catch (error) {
    if (error instanceof ComponentFormatError || error instanceof ComponentLoadError) return false;
    throw error;
  }
}

test("a component of the usual tools is read", async () => {
  const { imports, exports, coreModules } = readComponent(await toolMade());
  expect(imports.map(({ name, sort }) => [name, sort])).toEqual([
    ["cupel:test/shapes@1.2.0", "interface"],
    ["log", "function"],
  ]);
  expect(coreModules.length).toBeGreaterThan(1);
  const texts = exports.flatMap((one) => {
    if (one.sort === "function") return [functionText(one.type)];
    if (one.sort !== "interface") return [];
    const { types, functions } = one.interface;
    const names = new Map([...types].map(([name, type]) => [type, name]));
    return [...functions].map(([name, type]) => `${name}: ${functionText(type, names)}`);
  });
  expect(texts).toEqual([
    "func(name: string) -> result<string, string>",
    "top-k: func(points: list<point>, k: u32) -> list<point>",
  ]);
});

describe("corrupted components", () => {
  const sources = [toolMade, handMade];
  test.each(sources)(
    "with a few bytes changed are read or refused, nothing else (%#)",
    async (make) => {
      const original = await make();
      expect(reads(original)).toBe(true);
      let refused = 0;
      const change = fc.tuple(fc.nat(original.length - 1), fc.nat(255));
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
          const bytes = new Uint8Array(original);
          for (const [at, value] of changes) bytes[at] = value;
          if (!reads(bytes)) refused++;
        }),
        { numRuns: 3000, seed: 5 },
      );
      expect(refused).toBeGreaterThan(1000);
    },
  );

  test.each(sources)("with bytes cut out or put in are refused or read (%#)", async (make) => {
    const original = await make();
    fc.assert(
      fc.property(
        fc.nat(original.length),
        fc.nat(8),
        fc.uint8Array({ maxLength: 8 }),
        (at, cut, put) => {
          reads(
            Uint8Array.from([...original.subarray(0, at), ...put, ...original.subarray(at + cut)]),
          );
        },
      ),
      { numRuns: 700, seed: 6 },
    );
  });

  test("at every length", async () => {
    const original = await handMade();
    for (let length = 0; length < original.length; length++) {
      reads(original.subarray(0, length));
    }
  });
});

/** A component of sections: id and content. */
function sections(...all: [id: number, ...content: number[]][]): Uint8Array {
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0],
    ...all.flatMap(([id, ...content]) => [id, content.length, ...content]),
  ]);
}

describe("what is refused is named, with its place", () => {
  const cases: [string, Uint8Array, string][] = [
    ["a core module", Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), "it is a core module"],
    ["another version", Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0e, 0, 1, 0), "version 0xe"],
    [
      "a fixed length",
      sections([7, 1, 0x67, 0x7d, 4]),
      "lists of fixed length (at byte offset 0xb)",
    ],
    ["a map", sections([7, 1, 0x63, 0x7d, 0x7d]), "maps"],
    ["a stream", sections([7, 1, 0x66, 1, 0x7d]), "streams"],
    ["a future", sections([7, 1, 0x65, 0]), "futures"],
    ["an error context", sections([7, 1, 0x64]), "error contexts"],
    ["an async function", sections([7, 1, 0x43, 0, 1, 0]), "asynchronous functions"],
    ["a value", sections([12, 1, 0x7d, 1, 0]), "values that are imported, exported or defined"],
    ["an imported value", sections([10, 1, 0, 1, 0x61, 2, 1, 0x7d]), "values"],
    ["a thread", sections([8, 1, 0x40, 0]), "asynchronous or threaded built-ins (canon 0x40)"],
    ["a waitable", sections([8, 1, 0x1f]), "asynchronous or threaded built-ins (canon 0x1f)"],
    ["33 flags", sections([7, 1, 0x6e, 33, ...flags(33)]), "more than 32 flags"],
    ["no fields", sections([7, 1, 0x72, 0]), "a type has no fields"],
    ["too many", sections([7, 0xff, 0xff, 0xff, 0xff, 0x0f]), "4294967295 definitions cannot fit"],
    ["an index", sections([7, 1, 0x70, 5]), "type 5 is not defined"],
    ["a name", sections([7, 1, 0x6d, 1, 1, 0x5f]), 'the name "_" is not in kebab case'],
    ["a name twice", sections([7, 1, 0x6d, 2, 1, 0x61, 1, 0x41]), "two cases have the same name"],
    ["a section", sections([13]), "unknown section 13"],
    ["what is left", sections([7, 0, 0]), "section 7 has a wrong size"],
  ];
  test.each(cases)("%s", (_, bytes, message) => {
    expect(() => readComponent(bytes)).toThrow(ComponentFormatError);
    expect(() => readComponent(bytes)).toThrow(message);
  });

  function flags(count: number): number[] {
    return Array.from({ length: count }, (_, at) => [2, 0x61, 0x61 + at % 26 - (at > 25 ? 49 : 0)])
      .flat();
  }

  test("components in components, a thousand deep", () => {
    let bytes = sections();
    for (let level = 0; level < 1000; level++) {
      const size = [
        bytes.length & 0x7f | 0x80,
        bytes.length >> 7 & 0x7f | 0x80,
        bytes.length >> 14,
      ];
      bytes = Uint8Array.from([...sections(), 4, ...size, ...bytes]);
    }
    expect(() => readComponent(bytes)).toThrow("components nested more than 100 deep");
  });

  const invalid: [string, string, string][] = [
    [
      "a lift of another core type",
      `(core module $m (func (export "f") (param i64)))
      (core instance $i (instantiate $m))
      (func (export "f") (param "x" u32) (canon lift (core func $i "f")))`,
      "(i64) -> ()",
    ],
    [
      "a lift without memory",
      `(core module $m (func (export "f") (param i32 i32)))
      (core instance $i (instantiate $m))
      (func (export "f") (param "x" string) (canon lift (core func $i "f")))`,
      "memory is missing",
    ],
    [
      "an import of another core type",
      `(import "f" (func $f (param "x" u64)))
      (core func $f (canon lower (func $f)))
      (core module $m (import "" "f" (func (param i32))))
      (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))`,
      "as (i32) -> (), given (i64) -> ()",
    ],
    [
      "an import that is not given",
      `(core module $m (import "a" "f" (func)))
      (core instance (instantiate $m (with "a" (instance))))`,
      'imports "a" "f", which is not given',
    ],
    [
      "an argument that is not given",
      `(component $c (import "x" (func)))
      (instance (instantiate $c))`,
      "imports x, which is not given",
    ],
    [
      "an argument of another type",
      `(component $c (import "x" (func (param "a" u8))))
      (import "y" (func $y)) (instance (instantiate $c (with "x" (func $y))))`,
      "imports x as func(a: u8), where func() is granted",
    ],
    [
      "an export that is not there",
      `(import "i" (instance $i)) (alias export $i "f" (func))`,
      'instance 0 exports no function "f"',
    ],
    [
      "a new of a foreign resource",
      `(import "r" (type $r (sub resource)))
      (core func (canon resource.new $r))`,
      "resource.new of a resource",
    ],
    [
      "a borrowed result",
      `(type $r (resource (rep i32)))
      (type (func (result (borrow $r))))`,
      "borrowed handle as its result",
    ],
    ["a component to be given", `(import "c" (component))`, "imports of components"],
    ["a resource in a type", `(type (instance (type (resource (rep i32)))))`, "resource"],
  ];
  test.each(invalid)("%s", async (_, text, message) => {
    const bytes = await assemble(`(component ${text})`);
    expect(() => readComponent(bytes)).toThrow(message);
  });
});

test("what is a component is told by its first bytes", async () => {
  expect(isComponent(await handMade())).toBe(true);
  expect(isComponent(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))).toBe(false);
  expect(isComponent(new Uint8Array())).toBe(false);
});

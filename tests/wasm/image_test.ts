import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MeteredInstance } from "../../wasm/mod.ts";
import { AMPLE, callExport } from "./support/guests.ts";
import { PLAIN, STORES } from "./support/instructions.ts";
import { ending, guestOf, runExport } from "./support/text_guest.ts";

const PAGES = 4;
const BYTES = PAGES * 65536;
const TYPE_NAMES: Record<string, string> = { i: "i32", I: "i64", f: "f32", F: "f64", v: "v128" };
const ONES: Record<string, string> = {
  i: "(i32.const -1)",
  I: "(i64.const -1)",
  f: "(f32.reinterpret_i32 (i32.const -1))",
  F: "(f64.reinterpret_i64 (i64.const -1))",
  v: "(v128.const i64x2 -1 -1)",
};

function bytesOf(guest: MeteredInstance): Uint8Array {
  return new Uint8Array(guest.memory.buffer);
}

/** Bytes that differ from an image, as places. */
function differences(guest: MeteredInstance, image: Uint8Array): number[] {
  const bytes = bytesOf(guest);
  const places: number[] = [];
  for (let at = 0; at < image.length; at++) if (bytes[at] !== image[at]) places.push(at);
  return places;
}

/** A guest whose memory is full of data, and the image of it. */
function captured(source: string): { guest: MeteredInstance; image: Uint8Array } {
  const guest = guestOf(source);
  const bytes = bytesOf(guest);
  for (let at = 0; at < bytes.length; at += 4096) bytes.fill(at >> 12, at + 100, at + 4000);
  guest.wrote(0, bytes.length);
  guest.capture();
  return { guest, image: bytesOf(guest).slice() };
}

function lane(name: string): string {
  return name.endsWith("_lane") ? "1" : "";
}

describe("what a store writes is undone", () => {
  test.each(STORES)("$name, at every place where pages and the memory end", ({ name, takes }) => {
    const value = ONES[takes[1] ?? ""] ?? "";
    const { guest, image } = captured(`(module (memory ${PAGES})
      (func (export "local") (param i32) (${name} align=1 ${lane(name)} (local.get 0) ${value}))
      (func (export "offset") (param i32) (${name} offset=70000 align=1 ${
      lane(name)
    } (local.get 0) ${value}))
      (func (export "pushed") (param i32) (${name} align=1 ${
      lane(name)
    } (i32.add (local.get 0) (i32.const 0)) ${value})))`);
    const ends = [4096, 8192, 65536, 131072, BYTES];
    const places = ends.flatMap((end) => Array.from({ length: 18 }, (_, back) => end - back));
    for (const place of [0, 1, ...places]) {
      for (const way of ["local", "offset", "pushed"]) {
        const result = runExport(guest, way, [place]);
        if (result.ok) expect(differences(guest, image)).not.toEqual([]);
        expect(guest.reset()).toBe(true);
        expect(differences(guest, image)).toEqual([]);
      }
    }
  });

  const SHARED: Record<string, string> = {
    "one local in a row": `(i32.store (local.get 0) (i32.const 1))
      (i32.store offset=4 (local.get 0) (i32.const 1))
      (i32.store offset=4079 (local.get 0) (i32.const 1))
      (i64.store offset=4080 (local.get 0) (i64.const -1))
      (i64.store offset=8176 (local.get 0) (i64.const -1))
      (i32.store offset=20 (local.get 0) (i32.const -1))`,
    "a local that changes": `(i32.store (local.get 0) (i32.const 1))
      (local.set 0 (i32.add (local.get 0) (i32.const 9000)))
      (i32.store (local.get 0) (i32.const 1))
      (i32.store (local.tee 0 (i32.add (local.get 0) (i32.const 9000))) (i32.const 1))
      (i32.store offset=4 (local.get 0) (i32.const 1))`,
    "a local that changes between address and store": `(local.get 0)
      (i32.store (local.get 0) (i32.const 1))
      (local.set 0 (i32.const 50000)) (i32.const 7) i32.store offset=9000
      (i32.store (local.get 0) (i32.const 1))`,
    "a local that changes in a loop": `(loop $again
      (i32.store (local.get 0) (i32.const -1))
      (local.set 0 (i32.add (local.get 0) (i32.const 8192)))
      (br_if $again (i32.lt_u (local.get 0) (i32.const 100000))))
      (i32.store (local.get 0) (i32.const -1))`,
    "a local that changes at the end of a loop": `(i32.store (local.get 0) (i32.const -1))
      (loop $again
        (i32.store offset=8 (local.get 0) (i32.const -1))
        (br_if $again (i32.lt_u
          (local.tee 0 (i32.add (local.get 0) (i32.const 12000))) (i32.const 100000))))`,
    "an arm that is not taken": `(if (i32.eqz (local.get 0))
        (then (i32.store offset=5000 (local.get 1) (i32.const -1)))
        (else (nop)))
      (i32.store offset=5004 (local.get 1) (i32.const -1))`,
    "the other arm": `(if (local.get 1)
        (then (i32.store offset=5000 (local.get 0) (i32.const -1)))
        (else (i32.store offset=5004 (local.get 0) (i32.const -1))))
      (i32.store offset=5008 (local.get 0) (i32.const -1))`,
    "the other arm alone": `(if (local.get 1)
        (then (i32.store offset=5000 (local.get 0) (i32.const -1)))
        (else (i32.store offset=5004 (local.get 0) (i32.const -1))))`,
    "a handler alone": `(try (do (i32.store offset=7000 (local.get 1) (i32.const -1))
          (call $fails) (i32.store offset=7000 (local.get 0) (i32.const -1)))
        (catch_all (i32.store offset=7004 (local.get 0) (i32.const -1))))`,
    "a store that is branched over": `(block (br_if 0 (i32.eqz (local.get 1)))
        (i32.store offset=6000 (local.get 0) (i32.const -1)))
      (i32.store offset=6004 (local.get 0) (i32.const -1))`,
    "a local set in an arm": `(i32.store (local.get 0) (i32.const -1))
      (if (i32.eqz (local.get 1)) (then (local.set 0 (i32.const 77777))))
      (i32.store offset=4 (local.get 0) (i32.const -1))`,
    "a handler": `(try (do (call $fails) (i32.store offset=7000 (local.get 0) (i32.const -1)))
        (catch_all (i32.store offset=7004 (local.get 0) (i32.const -1))))
      (i32.store offset=7008 (local.get 0) (i32.const -1))`,
    "a local set before an exception": `(i32.store (local.get 0) (i32.const -1))
      (try (do (local.set 0 (i32.const 90000)) (call $fails)) (catch_all))
      (i32.store offset=4 (local.get 0) (i32.const -1))`,
    "a return before the last store": `(if (i32.eqz (local.get 1)) (then
        (local.set 0 (i32.const -1)) (return)))
      (i32.store (local.get 0) (i32.const -1))`,
    "a frame in memory": `(global.set $sp (local.tee 2 (i32.sub (global.get $sp) (i32.const 64))))
      (if (i32.eqz (local.get 1)) (then (i32.store offset=8 (local.get 2) (i32.const -1))))
      (i32.store offset=4094 (local.get 2) (i32.const -1))
      (i64.store offset=60 (local.get 2) (i64.const -1))
      (global.set $sp (i32.add (local.get 2) (i32.const 64)))`,
  };

  test.each(Object.entries(SHARED))("with %s", (_, code) => {
    const { guest, image } = captured(`(module (memory ${PAGES}) (tag $t)
      (global $sp (mut i32) (i32.const 150000)) (func $fails (throw $t))
      (func (export "f") (param i32 i32) (local i32) ${code}))`);
    for (const place of [0, 8, 4000, 4090, 8180, 40_000, 65_530]) {
      for (const other of [0, 20_000]) {
        expect(ending(runExport(guest, "f", [place, other]))).toBeUndefined();
        expect(guest.reset()).toBe(true);
        expect(differences(guest, image)).toEqual([]);
      }
    }
  });

  test("through one local at any distance, by the narrowest and the widest store", () => {
    const distances = [
      1,
      4064,
      4079,
      4080,
      4081,
      4088,
      4094,
      4095,
      4096,
      4097,
      4111,
      4112,
      8191,
      8192,
    ];
    const functions = distances.map((distance) =>
      `(func (export "up${distance}") (param i32) (i32.store8 (local.get 0) (i32.const -1))
        (v128.store offset=${distance} (local.get 0) ${ONES.v}))
      (func (export "down${distance}") (param i32)
        (v128.store offset=${distance} (local.get 0) ${ONES.v})
        (i32.store8 (local.get 0) (i32.const -1)))`
    );
    const { guest, image } = captured(`(module (memory ${PAGES}) ${functions.join(" ")})`);
    for (const distance of distances) {
      for (const place of [0, 1, 4079, 4080, 4081, 4094, 4095, 4096, 65_535]) {
        for (const way of ["up", "down"]) {
          expect(ending(runExport(guest, `${way}${distance}`, [place]))).toBeUndefined();
          expect(guest.reset()).toBe(true);
          expect(differences(guest, image)).toEqual([]);
        }
      }
    }
  });

  test("a frame in memory that would lie outside is no fault until it is used", () => {
    const guest = guestOf(`(module (memory 1 1) (global $sp (mut i32) (i32.const 0))
      (func (export "f") (param i32) (local i32)
        (global.set $sp (local.tee 1 (i32.sub (global.get $sp) (i32.const 16))))
        (if (local.get 0) (then
          (i32.store (local.get 1) (i32.const 0)) (i32.store offset=8 (local.get 1) (i32.const 0))))))`);
    expect(ending(runExport(guest, "f", [0]))).toBeUndefined();
    expect(ending(runExport(guest, "f", [1]))).toBe("trap");
  });

  test("offsets that would leave the memory trap and write nothing", () => {
    const { guest, image } = captured(`(module (memory ${PAGES})
      (func (export "f") (param i32) (i32.store offset=4294967295 (local.get 0) (i32.const -1)))
      (func (export "g") (param i32) (i64.store offset=4294963200 (local.get 0) (i64.const -1))))`);
    for (const place of [0, 1, 4096, -1, -4096]) {
      expect(ending(runExport(guest, "f", [place]))).toBe("trap");
      expect(ending(runExport(guest, "g", [place]))).toBe("trap");
      expect(differences(guest, image)).toEqual([]);
    }
  });
});

describe("what is written in bulk is undone", () => {
  const source = `(module (memory ${PAGES}) (data $d "${"x".repeat(9000)}")
    (func (export "fill") (param i32 i32) (memory.fill (local.get 0) (i32.const 0xee) (local.get 1)))
    (func (export "copy") (param i32 i32)
      (memory.copy (local.get 0) (i32.const 200) (local.get 1)))
    (func (export "init") (param i32 i32)
      (memory.init $d (local.get 0) (i32.const 0) (local.get 1))))`;

  test.each(["fill", "copy", "init"])("by memory.%s of any length at any place", (name) => {
    const { guest, image } = captured(source);
    const ends = [0, 1, 4095, 4096, 4097, 65_536, BYTES - 4096, BYTES - 1, BYTES];
    const lengths = [0, 1, 4095, 4096, 4097, 8192, 9000, 70_000, BYTES, -1];
    for (const start of ends) {
      for (const length of lengths) {
        const isInside = start + (length >>> 0) <= BYTES &&
          (name !== "init" || length >>> 0 <= 9000);
        const isCopied = name !== "copy" || 200 + (length >>> 0) <= BYTES;
        const result = runExport(guest, name, [start, length]);
        expect(ending(result)).toBe(isInside && isCopied ? undefined : "trap");
        if (!result.ok) expect(differences(guest, image)).toEqual([]);
        expect(guest.reset()).toBe(true);
        expect(differences(guest, image)).toEqual([]);
      }
    }
  });
});

describe("an image", () => {
  test("takes in what the host says that it wrote", () => {
    const { guest, image } = captured(`(module (memory ${PAGES}))`);
    fc.assert(
      fc.property(fc.nat(BYTES - 1), fc.nat(20_000), (address, length) => {
        const written = Math.min(length, BYTES - address);
        bytesOf(guest).fill(0x99, address, address + written);
        guest.wrote(address, written);
        expect(guest.reset()).toBe(true);
        return differences(guest, image).length === 0;
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  test("can be taken again: reset goes back to the last", () => {
    const guest = guestOf(`(module (memory 1) (global $g (mut i32) (i32.const 1))
      (func (export "set") (param i32)
        (i32.store (i32.const 8000) (local.get 0)) (global.set $g (local.get 0)))
      (func (export "get") (result i32) (i32.add (global.get $g) (i32.load (i32.const 8000)))))`);
    guest.capture();
    runExport(guest, "set", [5]);
    guest.capture();
    runExport(guest, "set", [7]);
    expect(guest.reset()).toBe(true);
    expect(ending(runExport(guest, "get"))).toBe(10);
    expect(guest.reset()).toBe(true);
    expect(ending(runExport(guest, "get"))).toBe(10);
  });

  test("holds globals of all types", () => {
    const guest = guestOf(`(module (memory 1) (func $f) (elem declare func $f)
      (global $i (mut i32) (i32.const 1)) (global $l (mut i64) (i64.const 2))
      (global $s (mut f32) (f32.const 3)) (global $d (mut f64) (f64.const 4))
      (global $v (mut v128) (v128.const i32x4 5 6 7 8))
      (global $r (mut funcref) (ref.null func)) (global $x (mut externref) (ref.null extern))
      (func (export "set")
        (global.set $i (i32.const 9)) (global.set $l (i64.const 9)) (global.set $s (f32.const 9))
        (global.set $d (f64.const 9)) (global.set $v (v128.const i32x4 9 9 9 9))
        (global.set $r (ref.func $f)))
      (func (export "host") (param externref) (global.set $x (local.get 0)))
      (func (export "sum") (result i32)
        (i32.add (i32.add (global.get $i) (i32.wrap_i64 (global.get $l)))
        (i32.add (i32.trunc_f32_s (global.get $s))
        (i32.add (i32.trunc_f64_s (global.get $d))
        (i32.add (i32x4.extract_lane 3 (global.get $v))
        (i32.add (ref.is_null (global.get $r)) (ref.is_null (global.get $x)))))))))`);
    guest.capture();
    expect(ending(runExport(guest, "sum"))).toBe(1 + 2 + 3 + 4 + 8 + 1 + 1);
    runExport(guest, "set");
    runExport(guest, "host", ["value"]);
    expect(ending(runExport(guest, "sum"))).toBe(45);
    expect(guest.reset()).toBe(true);
    expect(ending(runExport(guest, "sum"))).toBe(20);
  });

  test("holds tables, and references of the host in them", () => {
    const guest = guestOf(`(module (table $t (export "t") 4 externref) (table $f 2 funcref)
      (func $one (result i32) (i32.const 1)) (func $two (result i32) (i32.const 2))
      (elem (table $f) (i32.const 0) func $one $one) (elem $p func $two $two)
      (func (export "set") (param externref)
        (table.set $t (i32.const 1) (local.get 0)) (table.fill $t (i32.const 2) (local.get 0) (i32.const 2))
        (table.init $f $p (i32.const 0) (i32.const 0) (i32.const 2))
        (table.copy $t $t (i32.const 0) (i32.const 1) (i32.const 1)))
      (func (export "call") (result i32) (call_indirect $f (result i32) (i32.const 1)))
      (func (export "at") (param i32) (result externref) (table.get $t (local.get 0))))`);
    guest.capture();
    const object = { host: true };
    runExport(guest, "set", [object]);
    expect(callExport(guest.exports, "at", [0])).toBe(object);
    expect(ending(runExport(guest, "call"))).toBe(2);
    expect(guest.reset()).toBe(true);
    expect([0, 1, 2, 3].map((place) => ending(runExport(guest, "at", [place])))).toEqual(
      guestElements(4),
    );
    expect(ending(runExport(guest, "call"))).toBe(1);
  });

  const INEXACT: Record<string, string> = {
    "the memory grew": `(drop (memory.grow (i32.const 1)))`,
    "a table grew": `(drop (table.grow (ref.null extern) (i32.const 1)))`,
    "data was dropped": `(data.drop 0)`,
    "elements were dropped": `(elem.drop 0)`,
  };

  test.each(Object.entries(INEXACT))("is not gone back to when %s", (_, code) => {
    const guest = guestOf(`(module (memory 1 2) (table 1 2 externref) (data "x")
      (elem func 0) (func (export "f") ${code}))`);
    guest.capture();
    expect(guest.reset()).toBe(true);
    expect(ending(runExport(guest, "f"))).toBeUndefined();
    expect(guest.reset()).toBe(false);
    expect(guest.reset()).toBe(false);
  });

  test("is gone back to when the memory grew by nothing, or could not grow", () => {
    const { guest, image } = captured(`(module (memory ${PAGES} ${PAGES})
      (func (export "f") (param i32) (result i32)
        (i32.store (i32.const 9000) (i32.const -1)) (memory.grow (local.get 0))))`);
    expect(ending(runExport(guest, "f", [0]))).toBe(PAGES);
    expect(guest.reset()).toBe(true);
    expect(ending(runExport(guest, "f", [1]))).toBe(-1);
    expect(guest.reset()).toBe(true);
    expect(differences(guest, image)).toEqual([]);
  });

  test("is gone back to after a trap at any depth, and after fuel and stack ran out", () => {
    const { guest, image } = captured(`(module (memory ${PAGES}) (global $g (mut i32) (i32.const 3))
      (func $f (export "f") (param i32 i32)
        (i32.store (i32.mul (local.get 0) (i32.const 1000)) (i32.const -1))
        (global.set $g (local.get 0))
        (if (i32.eqz (local.get 0)) (then (if (local.get 1) (then unreachable)) (loop (br 0))))
        (call $f (i32.sub (local.get 0) (i32.const 1)) (local.get 1)))
      (func (export "g") (result i32) (global.get $g)))`);
    const budget = { ...AMPLE, fuel: 1_000_000 };
    for (const [depth, traps, reason] of [[0, 1, "trap"], [200, 1, "trap"], [200, 0, "fuel"]]) {
      expect(ending(runExport(guest, "f", [depth, traps], budget))).toBe(reason);
      expect(guest.reset()).toBe(true);
      expect(differences(guest, image)).toEqual([]);
      expect(ending(runExport(guest, "g"))).toBe(3);
    }
    expect(ending(runExport(guest, "f", [200, 1], { ...budget, stackBytes: 9000 }))).toBe("stack");
    expect(guest.reset()).toBe(true);
    expect(differences(guest, image)).toEqual([]);
  });
});

function guestElements(count: number): unknown[] {
  // WebAssembly's null is JavaScript's null; an externref table starts as undefined or null by engine.
  const empty = guestOf(`(module (table (export "t") 1 externref))`).exports.t;
  const value = empty instanceof WebAssembly.Table ? empty.get(0) : null;
  return Array.from({ length: count }, () => value);
}

test("every store is in the tests above", () => {
  const stores = PLAIN.filter(({ leaves, name }) => leaves === "" && name.includes("store"));
  expect(stores).toHaveLength(STORES.length);
  expect(STORES).toHaveLength(14);
  for (const { takes } of STORES) expect(TYPE_NAMES[takes[1] ?? ""]).toBeDefined();
});

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wat } from "../../wasm/support/wat.ts";
import { ECHO } from "./support/command.ts";
import { driverModule } from "./support/driver.ts";
import { coreIsolate, failureOf, loadCore } from "./support/guest.ts";

function refusal(module: string | Uint8Array): string {
  const failure = failureOf(loadCore(module));
  expect(failure.kind).toBe("load");
  return failure.message;
}

describe("a module is refused", () => {
  test.each([
    [
      `(import "env" "now" (func (result f64)))`,
      "it imports env.now, which is not granted: only wasi_snapshot_preview1 and env.abort are",
    ],
    [
      `(import "wasi_unstable" "fd_close" (func (param i32) (result i32)))`,
      "it imports wasi_unstable.fd_close, which is not granted: only wasi_snapshot_preview1 and " +
      "env.abort are (it is the draft that wasi_snapshot_preview1 came of: build with a newer toolchain)",
    ],
    [
      `(import "wasi_snapshot_preview1" "sock_open" (func))`,
      "it imports wasi_snapshot_preview1.sock_open, which is no function of WASI preview 1",
    ],
    [
      `(import "wasi_snapshot_preview1" "toString" (func))`,
      "it imports wasi_snapshot_preview1.toString, which is no function of WASI preview 1",
    ],
    [
      `(import "wasi_snapshot_preview1" "fd_seek" (func (param i32 i32 i32 i32) (result i32)))`,
      "it imports wasi_snapshot_preview1.fd_seek as (i32, i32, i32, i32) -> i32: " +
      "its type is (i32, i64, i32, i32) -> i32",
    ],
    [
      `(import "env" "memory" (memory 1))`,
      "it imports env.memory, a memory, which is not granted: " +
      "only functions of wasi_snapshot_preview1 are",
    ],
    [`(import "wasi_snapshot_preview1" "fd_close" (global i32))`, "fd_close, a global, which is"],
    [`(import "wasi_snapshot_preview1" "fd_close" (table 1 funcref))`, "fd_close, a table, which"],
    [
      `(import "cupel.shared" "fuel" (global (mut i64)))`,
      'import module "cupel.shared" is reserved',
    ],
    [
      `(func (export "_start") (param i32))`,
      "it exports _start as (i32) -> (): it must be () -> ()",
    ],
    [
      `(global (export "_start") i32 (i32.const 1))`,
      "it exports _start as no function: it must be",
    ],
    [
      `(func (export "_start")) (func (export "_initialize"))`,
      "it exports both _start and _initialize: it must be one of the two",
    ],
    [`(memory 1025)`, "its memory needs 1025 pages and the cap is 1024"],
    [`(table 100001 funcref)`, "a table needs 100001 elements and the cap is 100000"],
    [
      `(memory 1) (data (i32.const 65536) "x")`,
      "Cannot load guest.wasm: out of bounds memory access",
    ],
    [
      `(table 1 funcref) (func $f) (elem (i32.const 1) $f)`,
      "Cannot load guest.wasm: out of bounds table access",
    ],
    [`(func $f unreachable) (start $f)`, "Cannot load guest.wasm: unreachable executed"],
    [`(func (export "_initialize") unreachable)`, "Cannot load guest.wasm: unreachable executed"],
  ])("that has %s", (fields, message) => {
    expect(refusal(`(module ${fields})`)).toContain(message);
  });

  test("in a few words, however long its names and types are", () => {
    const long = "x".repeat(100_000);
    expect(refusal(`(module (import "${long}" "${long}" (func)))`).length).toBeLessThan(500);
    const type = `(param ${"i32 ".repeat(1000)})`;
    expect(refusal(`(module (import "wasi_snapshot_preview1" "fd_close" (func ${type})))`).length)
      .toBeLessThan(500);
    const many = Array.from({ length: 1000 }, (_, index) => `(import "a" "${index}" (func))`);
    expect(refusal(`(module ${many.join("")})`)).toMatch(/; and 980 more$/);
  });

  test("with every import that is at fault, before anything of it runs", () => {
    const message = refusal(`(module (import "a" "b" (func)) (import "c" "d" (func))
      (func $f (loop (br 0))) (start $f))`);
    expect(message).toMatch(/^Cannot load guest.wasm: it imports a\.b, .*; imports c\.d, /);
  });

  test.each([
    [new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 99, 0]), "unknown section 99"],
    [
      new Uint8Array(
        [...wat("(module (func (result i32) (i32.const 1)))")].map((byte, at, all) =>
          at > 20 && all[at - 1] === 0x41 ? 0x7f : byte
        ),
      ),
      "Cannot load guest.wasm: ",
    ],
    [
      new Uint8Array(wat(`(module (func (export "f")))`)).map((byte) =>
        byte === 0x0b ? 0x6a : byte
      ),
      "Cannot load guest.wasm: ",
    ],
  ])("that is malformed: %#", (bytes, message) => {
    if (loadCore(bytes).ok) return;
    expect(refusal(bytes)).toContain(message);
  });

  test("that exits while it is loaded, with what it said", () => {
    const message = refusal(driverModule(`(data (i32.const 100) "no luck\\n")
      (data (i32.const 200) "\\64\\00\\00\\00\\08\\00\\00\\00")
      (func (export "_initialize")
        (drop (call $fd_write (i32.const 2) (i32.const 200) (i32.const 1) (i32.const 0)))
        (call $proc_exit (i32.const 2)))`));
    expect(message).toBe("Cannot load guest.wasm: exited with code 2: no luck");
  });
});

describe("loading", () => {
  test("runs the start function with WASI and the memory, under the limits", () => {
    const result = loadCore(
      driverModule(`(func $s (drop (call $random_get (i32.const 0) (i32.const 8)))) (start $s)
        (func (export "first") (result i64) (i64.load (i32.const 0)))`),
    );
    expect(result).toMatchObject({ ok: true });
    expect(result.usage.fuel).toBeGreaterThan(4000);
    if (result.ok) expect(result.isolate.call("first", [])).not.toMatchObject({ value: 0n });
  });

  test("captures output", () => {
    const result = loadCore(driverModule(`(data (i32.const 100) "hello")
      (data (i32.const 200) "\\64\\00\\00\\00\\05\\00\\00\\00")
      (func (export "_initialize")
        (drop (call $fd_write (i32.const 1) (i32.const 200) (i32.const 1) (i32.const 0))))`));
    expect(result.output).toEqual([{ level: "log", text: "hello" }]);
  });

  test("grants env.abort, and says what it said", () => {
    const text = (content: string) => [...content].map((character) => `${character}\\00`).join("");
    const isolate = coreIsolate(`(module
      (import "env" "abort" (func $abort (param i32 i32 i32 i32))) (memory 1)
      (data (i32.const 96) "\\08\\00\\00\\00${text("oops")}")
      (data (i32.const 196) "\\08\\00\\00\\00${text("a.ts")}")
      (func (export "f") (call $abort (i32.const 100) (i32.const 200) (i32.const 3) (i32.const 7)))
      (func (export "g") (param i32) (call $abort (local.get 0) (i32.const 0) (i32.const 3) (i32.const 7))))`);
    expect(failureOf(isolate.call("f", []))).toEqual({
      kind: "exception",
      message: "aborted: oops (a.ts:3:7)",
    });
    for (const address of [0, 1, 3, 65_536, 65_540, -1, -4]) {
      expect(failureOf(isolate.call("g", [address]))).toEqual({
        kind: "exception",
        message: "aborted",
      });
    }
  });
});

describe("a corrupted module", () => {
  const ORIGINALS = [
    wat(ECHO),
    wat(driverModule(`(func (export "_initialize")
    (drop (call $fd_close (i32.const 0)))) (table 3 funcref) (elem (i32.const 0) $fd_close)
    (data (i32.const 8) "abc") (global (mut i64) (i64.const 5))
    (func (export "f") (param i32) (result i32) (call_indirect (param i32) (result i32)
      (i32.const 1) (local.get 0)))`)),
  ];

  test("is refused, or does what it does within its limits", () => {
    let loaded = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...ORIGINALS),
        fc.array(fc.tuple(fc.nat(1_000_000), fc.nat(255)), { minLength: 1, maxLength: 3 }),
        (original, changes) => {
          const bytes = original.slice();
          for (const [at, value] of changes) bytes[8 + at % (bytes.length - 8)] = value;
          const limits = { fuel: 500_000, memoryBytes: 2 ** 24 };
          const result = loadCore(bytes, { limits, files: { "/f": "x" } });
          if (!result.ok) {
            expect(result.failure.kind).toBe("load");
            return;
          }
          loaded += 1;
          for (const name of ["main", ...result.isolate.exports().slice(0, 60)]) {
            const outcome = result.isolate.call(name, [1]);
            if (!outcome.ok) expect(outcome.failure.message).not.toMatch(/WebAssembly|evaluating/);
          }
        },
      ),
      { numRuns: 1000, seed: 6 },
    );
    expect(loaded).toBeGreaterThan(50);
  });
});

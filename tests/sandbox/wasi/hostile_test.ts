import { describe, expect, test } from "vitest";
import type { FailureKind } from "../../../sandbox/outcome.ts";
import { commandModule } from "./support/command.ts";
import { driverModule } from "./support/driver.ts";
import { coreIsolate, failureOf, loadCore, valueOf } from "./support/guest.ts";

const LIMITS = { fuel: 20_000_000, memoryBytes: 2 ** 24, outputBytes: 10_000 };

/** Calls `f` of a module that sees all of WASI. */
function endOf(body: string, more = ""): FailureKind | "value" {
  const module = driverModule(`${more} (func (export "f") ${body})`);
  const outcome = coreIsolate(module, { limits: LIMITS, files: { "/f": "x" } }).call("f", []);
  if (!outcome.ok) expect(outcome.usage.fuel).toBeLessThanOrEqual(LIMITS.fuel);
  return outcome.ok ? "value" : outcome.failure.kind;
}

/** Buffers: one of all the memory, and 1024 of them. */
const BUFFERS = `(memory.fill (i32.const 0) (i32.const 10) (i32.const 65536))
  (i32.store (i32.const 0) (i32.const 0)) (i32.store (i32.const 4) (i32.const 65536))`;
const MANY = `(local $i i32) (loop
  (i32.store offset=4 (local.get $i) (i32.const 65536))
  (local.set $i (i32.add (local.get $i) (i32.const 8)))
  (br_if 0 (i32.lt_u (local.get $i) (i32.const 8192))))`;
/** Fills the first 1000 subscriptions with a clock. */
const call = (name: string, ...args: string[]) => `(drop (call $${name} ${args.join(" ")}))`;
const n = (value: number | string) => `(i32.const ${value})`;
const forever = (body: string) => `(loop ${body} (br 0))`;

describe("no flood outlasts its fuel", () => {
  test.each<[string, string]>([
    ["calls", forever(call("sched_yield"))],
    ["errors", forever(call("fd_close", n(99)))],
    ["output of line feeds", BUFFERS + forever(call("fd_write", n(1), n(0), n(1), n(8)))],
    ["output in many buffers", MANY + forever(call("fd_write", n(2), n(0), n(1024), n(8192)))],
    ["empty buffers", forever(call("fd_write", n(2), n(9000), n(1024), n(8)))],
    ["random bytes", forever(call("random_get", n(0), n(65536)))],
    ["sleep", forever(call("poll_oneoff", n(1000), n(2000), n(1), n(0)))],
    [
      "open files",
      forever(
        call(
          "path_open",
          n(3),
          n(0),
          n(100),
          n(1),
          n(0),
          "(i64.const 2)",
          "(i64.const 0)",
          n(0),
          n(0),
        ),
      ),
    ],
    ["long paths", forever(call("path_filestat_get", n(3), n(0), n(200), n(4096), n(9000)))],
    ["directories", forever(call("fd_readdir", n(3), n(9000), n(9000), "(i64.const 0)", n(8)))],
    ["arguments", forever(call("args_get", n(9000), n(9100)))],
  ])("of %s", (_, body) => {
    const paths = `(data (i32.const 100) "f") (data (i32.const 200) "${"./".repeat(2048)}")`;
    expect(endOf(body, paths)).toBe("fuel");
  });

  test("of output, of which a call keeps no more than its limit", () => {
    const module = driverModule(
      `(func (export "f") (memory.fill (i32.const 100) (i32.const 97) (i32.const 40000))
      (i32.store (i32.const 0) (i32.const 100)) (i32.store (i32.const 4) (i32.const 40000))
      ${call("fd_write", n(1), n(0), n(1), n(8))} ${call("fd_write", n(2), n(0), n(1), n(8))})`,
    );
    const { ok, output } = coreIsolate(module, { limits: LIMITS }).call("f", []);
    expect(ok).toBe(true);
    const size = output.reduce((sum, { text }) => sum + text.length, 0);
    expect(size).toBeLessThan(LIMITS.outputBytes + 200);
    expect(output.at(-1)?.text).toBe("(output beyond 10000 bytes was dropped)");
  });
});

describe("hostile code", () => {
  test.each<[string, string, string, FailureKind | "value"]>([
    ["loops for ever", "(loop (br 0))", "", "fuel"],
    ["recurses", "(call $r)", "(func $r (call $r))", "stack"],
    [
      "recurses through a table",
      "(call_indirect (i32.const 0))",
      `(table 1 funcref)
      (elem (i32.const 0) $r) (func $r (call_indirect (i32.const 0)))`,
      "stack",
    ],
    [
      "grows its memory until it is refused",
      `(loop
      (br_if 0 (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))`,
      "",
      "value",
    ],
    [
      "grows its memory and gives up",
      `(loop
      (br_if 0 (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) (unreachable)`,
      "",
      "memory",
    ],
    [
      "grows its table and gives up",
      `(loop (br_if 0 (i32.ne
      (table.grow 0 (ref.null func) (i32.const 1000)) (i32.const -1)))) (unreachable)`,
      "(table 1 funcref)",
      "memory",
    ],
    ["asks for all memory at once", "(drop (memory.grow (i32.const -1)))", "", "value"],
    ["traps", "(unreachable)", "", "crash"],
    ["divides by zero", "(drop (i32.div_u (i32.const 1) (i32.const 0)))", "", "crash"],
    ["throws", "(throw $t)", "(tag $t)", "crash"],
    ["exits", "(call $proc_exit (i32.const 0))", "", "exception"],
    [
      "exits from deep inside",
      "(call $r (i32.const 100))",
      `(func $r (param i32)
      (if (local.get 0) (then (call $r (i32.sub (local.get 0) (i32.const 1)))))
      (call $proc_exit (i32.const 1)))`,
      "exception",
    ],
  ])("that %s", (_, body, more, end) => {
    expect(endOf(body, more)).toBe(end);
  });

  test.each([
    ["the start function", `(func $s (loop (br 0))) (start $s)`],
    ["_initialize", `(func (export "_initialize") (loop (br 0)))`],
  ])("in %s is stopped by the limits", (_, fields) => {
    const result = loadCore(`(module ${fields})`, { limits: LIMITS });
    expect(failureOf(result)).toEqual({
      kind: "load",
      message: "Cannot load guest.wasm: used up its fuel of 20000000 units",
    });
    expect(result.usage.fuel).toBe(LIMITS.fuel);
  });

  test("in _start is stopped by the limits", () => {
    const isolate = coreIsolate(commandModule("(loop (br 0))"), { limits: LIMITS });
    expect(failureOf(isolate.call("f", [])).kind).toBe("fuel");
    const deep = coreIsolate(commandModule("(call $r)", "(func $r (call $r))"), { limits: LIMITS });
    expect(failureOf(deep.call("f", [])).kind).toBe("stack");
  });

  test("leaves an isolate that works", () => {
    const isolate = coreIsolate(
      `(module (memory 1 300) (func (export "bad") (drop (memory.grow (i32.const 5)))
        (memory.fill (i32.const 0) (i32.const 1) (i32.const 60000)) (loop (br 0)))
        (func (export "good") (result i32) (i32.add (memory.size) (i32.load (i32.const 0)))))`,
      { limits: LIMITS },
    );
    for (let round = 0; round < 3; round++) {
      expect(failureOf(isolate.call("bad", [])).kind).toBe("fuel");
      expect(valueOf(isolate.call("good", []))).toBe(1);
    }
  });
});

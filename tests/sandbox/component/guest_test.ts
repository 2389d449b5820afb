import { describe, expect, test } from "vitest";
import type { Outcome } from "../../../sandbox/outcome.ts";
import { componentIsolate, loadComponentGuest } from "./support/guest.ts";
import { ALLOCATOR } from "./support/wat.ts";

/** A component of one core module, each of whose functions takes and gives one `u32`. */
function numeric(functions: Record<string, string>, more = "", core = ""): string {
  const names = Object.keys(functions);
  const bodies = names.map((name) =>
    `(func (export "${name}") (param $n i32) (result i32) ${functions[name]})`
  );
  const lifts = names.map((name) =>
    `(func (export "${name}") (param "n" u32) (result u32) (canon lift (core func $i "${name}")))`
  );
  return `(component ${more} (core module $m ${core} ${bodies.join("\n")})
    (core instance $i (instantiate $m)) ${lifts.join("\n")})`;
}

function kindOf(outcome: Outcome): unknown {
  return outcome.ok ? outcome.value : outcome.failure.kind;
}

describe("nothing passes from call to call in a component's", () => {
  const COUNTS = {
    memory: `(i32.store (i32.const 100) (i32.add (i32.load (i32.const 100)) (i32.const 1)))
      (i32.load (i32.const 100))`,
    far: `(i32.store (i32.const 65000) (i32.add (i32.load (i32.const 65000)) (i32.const 1)))
      (i32.load (i32.const 65000))`,
    global: `(global.set $g (i32.add (global.get $g) (i32.const 1))) (global.get $g)`,
    table: `(if (ref.is_null (table.get $t (i32.const 0)))
        (then (table.set $t (i32.const 0) (ref.func $f)) (return (i32.const 1))))
      (i32.const 2)`,
    growth: `(drop (memory.grow (i32.const 1))) (i32.sub (memory.size) (i32.const 1))`,
    "table-growth": `(drop (table.grow $t (ref.null func) (i32.const 1)))
      (i32.sub (table.size $t) (i32.const 4))`,
    segment: `(memory.init $s (i32.const 0) (i32.const 0) (i32.const 1)) (data.drop $s)
      (i32.load8_u (i32.const 0))`,
  };
  const CORE = `(memory 1) (global $g (mut i32) (i32.const 0)) (table $t 4 funcref)
    (func $f) (elem declare func $f) (data $s "\\01")`;

  test.each(Object.keys(COUNTS))("%s", async (name) => {
    const isolate = await componentIsolate(numeric(COUNTS, "", CORE));
    for (let call = 0; call < 3; call++) expect(kindOf(isolate.call(name, [0]))).toBe(1);
  });

  test("memory after a trap", async () => {
    const isolate = await componentIsolate(numeric(
      {
        spoil: "(memory.fill (i32.const 0) (i32.const 255) (i32.const 60000)) (unreachable)",
        read: "(i32.load (local.get $n))",
      },
      "",
      "(memory 1)",
    ));
    expect(kindOf(isolate.call("spoil", [0]))).toBe("crash");
    expect(kindOf(isolate.call("read", [40_000]))).toBe(0);
  });

  test("tables of handles", async () => {
    const isolate = await componentIsolate(`(component
      (type $r (resource (rep i32)))
      (core func $new (canon resource.new $r))
      (core module $m (import "" "new" (func $new (param i32) (result i32)))
        (func (export "next") (result i32) (call $new (i32.const 7))))
      (core instance $i (instantiate $m (with "" (instance (export "new" (func $new))))))
      (func (export "next") (result u32) (canon lift (core func $i "next"))))`);
    const first = kindOf(isolate.call("next", []));
    expect(first).toEqual(expect.any(Number));
    for (let call = 0; call < 3; call++) expect(kindOf(isolate.call("next", []))).toBe(first);
  });

  test("unless it is stateful", async () => {
    const isolate = await componentIsolate(numeric(COUNTS, "", CORE), {}, true);
    expect([1, 2, 3].map(() => kindOf(isolate.call("memory", [0])))).toEqual([1, 2, 3]);
    isolate.reset();
    expect(kindOf(isolate.call("memory", [0]))).toBe(1);
  });
});

describe("streams, randomness and time of WASI", () => {
  const WASI = `
    (import "wasi:io/error@0.2.0" (instance $error (export "error" (type (sub resource)))))
    (alias export $error "error" (type $error-t))
    (import "wasi:io/streams@0.2.0" (instance $streams
      (export "output-stream" (type $out (sub resource)))
      (alias outer 1 $error-t (type $e))
      (type $se (variant (case "last-operation-failed" (own $e)) (case "closed")))
      (export "stream-error" (type $stream-error (eq $se)))
      (export "[method]output-stream.blocking-write-and-flush" (func (param "self" (borrow $out))
        (param "contents" (list u8)) (result (result (error $stream-error)))))))
    (alias export $streams "output-stream" (type $out-t))
    (import "wasi:cli/stdout@0.2.0" (instance $stdout
      (alias outer 1 $out-t (type $o)) (export "output-stream" (type $os (eq $o)))
      (export "get-stdout" (func (result (own $os))))))
    (import "wasi:random/random@0.2.0" (instance $random
      (export "get-random-u64" (func (result u64)))))
    (import "wasi:clocks/monotonic-clock@0.2.0" (instance $clock
      (type $d u64) (export "instant" (type $instant (eq $d)))
      (export "now" (func (result $instant)))))
    (import "wasi:cli/exit@0.2.0" (instance $exit
      (export "exit" (func (param "status" (result))))))`;
  const TEXT = `(component ${WASI}
    (core module $libc ${ALLOCATOR})
    (core instance $libc (instantiate $libc))
    (core func $get (canon lower (func $stdout "get-stdout")))
    (core func $write (canon lower (func $streams "[method]output-stream.blocking-write-and-flush")
      (memory (core memory $libc "memory"))))
    (core func $rand (canon lower (func $random "get-random-u64")))
    (core func $now (canon lower (func $clock "now")))
    (core func $exit (canon lower (func $exit "exit")))
    (core module $m
      (import "libc" "memory" (memory 1))
      (import "h" "get" (func $get (result i32)))
      (import "h" "write" (func $write (param i32 i32 i32 i32)))
      (import "h" "rand" (func $rand (result i64)))
      (import "h" "now" (func $now (result i64)))
      (import "h" "exit" (func $exit (param i32)))
      (data (i32.const 16) "hello\\n")
      (func (export "rand") (result i64) (call $rand))
      (func (export "now") (result i64) (call $now))
      (func (export "leave") (param i32) (call $exit (local.get 0)))
      (func (export "say") (param i32) (result i32) (local $stream i32)
        (local.set $stream (call $get))
        (loop $again
          (call $write (local.get $stream) (i32.const 16) (i32.const 6) (i32.const 64))
          (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
          (br_if $again (i32.gt_s (local.get 0) (i32.const 0))))
        (local.get $stream)))
    (core instance $i (instantiate $m (with "libc" (instance $libc)) (with "h" (instance
      (export "get" (func $get)) (export "write" (func $write)) (export "rand" (func $rand))
      (export "now" (func $now)) (export "exit" (func $exit))))))
    (func (export "rand") (result u64) (canon lift (core func $i "rand")))
    (func (export "now") (result u64) (canon lift (core func $i "now")))
    (func (export "leave") (param "failed" bool) (canon lift (core func $i "leave")))
    (func (export "say") (param "times" u32) (result u32) (canon lift (core func $i "say"))))`;

  test("output is captured by lines, and anew for each call", async () => {
    const isolate = await componentIsolate(TEXT);
    const say = (times: number) => isolate.call("say", [times]);
    expect(say(2)).toMatchObject({
      ok: true,
      output: [{ level: "log", text: "hello" }, { level: "log", text: "hello" }],
    });
    const [first, second] = [say(1), say(1)];
    expect(first.output).toEqual([{ level: "log", text: "hello" }]);
    expect(kindOf(second)).toBe(kindOf(first)); // the same handle: none is left over
  });

  test("a flood of output ends by fuel, and what is kept is bounded", async () => {
    const isolate = await componentIsolate(TEXT, { outputBytes: 1000, fuel: 20_000_000 });
    const flood = isolate.call("say", [2 ** 31 - 1]);
    expect(kindOf(flood)).toBe("fuel");
    expect(flood.output.length).toBeLessThan(1001);
    expect(kindOf(isolate.call("say", [1]))).toEqual(expect.any(Number));
  });

  test("randomness comes from the seed, and from it alone", async () => {
    const isolate = await componentIsolate(TEXT);
    const rand = (...seed: [number, number, number, number]) =>
      kindOf(isolate.call("rand", [], { seed }));
    expect(rand(1, 2, 3, 4)).toEqual(expect.any(BigInt));
    expect(rand(1, 2, 3, 4)).toBe(rand(1, 2, 3, 4));
    expect(rand(1, 2, 3, 4)).not.toBe(rand(1, 2, 3, 5));
  });

  test("time is the same in each call", async () => {
    const isolate = await componentIsolate(TEXT);
    expect(kindOf(isolate.call("now", []))).toBe(kindOf(isolate.call("now", [])));
  });

  test("exit ends the call as an outcome, and the next call is right", async () => {
    const isolate = await componentIsolate(TEXT);
    expect(isolate.call("leave", [true])).toMatchObject({
      ok: false,
      failure: { kind: "exception", message: "exited with code 1" },
    });
    expect(isolate.call("leave", [false])).toMatchObject({
      ok: false,
      failure: { kind: "exception", message: "exited with code 0" },
    });
    expect(isolate.call("say", [1])).toMatchObject({ ok: true });
  });
});

describe("a hostile component", () => {
  const HOSTILE = numeric(
    {
      right: "(i32.add (local.get $n) (i32.const 1))",
      loop: "(loop $l (br $l)) (unreachable)",
      deep: `(call $deep (local.get $n))`,
      pages: `(loop $l (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then (unreachable)))
        (br $l)) (unreachable)`,
      "pages-for-ever": "(loop $l (drop (memory.grow (i32.const 1))) (br $l)) (unreachable)",
      elements:
        `(loop $l (if (i32.eq (table.grow $t (ref.null func) (i32.const 1000)) (i32.const -1))
        (then (unreachable))) (br $l)) (unreachable)`,
      trap: "(i32.div_u (local.get $n) (i32.const 0))",
    },
    "",
    `(memory 1) (table $t 0 funcref)
     (func $deep (param i32) (result i32) (i32.add (call $deep (local.get 0)) (i32.const 1)))`,
  );

  test.each([
    ["loop", "fuel"],
    ["deep", "stack"],
    ["pages", "memory"],
    ["pages-for-ever", "fuel"],
    ["elements", "memory"],
    ["trap", "crash"],
  ])("%s ends by %s, and the next call is right", async (name, kind) => {
    const isolate = await componentIsolate(HOSTILE, {
      memoryBytes: 8 * 2 ** 20,
      fuel: 50_000_000,
    });
    for (let round = 0; round < 2; round++) {
      expect(kindOf(isolate.call(name, [1]))).toBe(kind);
      expect(kindOf(isolate.call("right", [41]))).toBe(42);
    }
  });

  test.each([
    ["a start function that never ends", "(func $s (loop $l (br $l))) (start $s)", /fuel/],
    ["a start function that traps", "(func $s unreachable) (start $s)", /./],
    ["more memory than the limit", "(memory 1000)", /memory/],
    ["a table beyond all bounds", "(table 200000 funcref)", /elements/],
  ])("%s is a failure to load", async (_, core, message) => {
    const result = await loadComponentGuest(
      numeric({ f: "(local.get $n)" }, "", core),
      { memoryBytes: 8 * 2 ** 20, fuel: 10_000_000 },
    );
    expect(result).toMatchObject({ ok: false, failure: { kind: "load" } });
    if (!result.ok) expect(result.failure.message).toMatch(message);
  });

  test("imports that are not granted are all named", async () => {
    const result = await loadComponentGuest(`(component
      (import "wasi:sockets/tcp@0.2.3" (instance))
      (import "acme:secrets/keys@1.0.0" (instance (export "read" (func (result string)))))
      (import "loose" (func)))`);
    expect(result).toMatchObject({ ok: false, failure: { kind: "load" } });
    if (result.ok) return;
    expect(result.failure.message).toContain("wasi:sockets/tcp@0.2.3");
    expect(result.failure.message).toContain("acme:secrets/keys@1.0.0");
    expect(result.failure.message).toContain("loose");
  });

  test("lists and strings that alias each other end by a typed failure", async () => {
    const isolate = await componentIsolate(
      `(component
      (core module $m ${ALLOCATOR}
        (func (export "bomb") (param $n i32) (result i32) (local $at i32)
          (drop (memory.grow (i32.const 100)))
          (loop $l
            (i32.store (i32.add (i32.const 131072) (local.get $at)) (i32.const 64))
            (i32.store (i32.add (i32.const 131076) (local.get $at)) (local.get $n))
            (local.set $at (i32.add (local.get $at) (i32.const 8)))
            (br_if $l (i32.lt_u (local.get $at) (i32.const 800000))))
          (i32.store (i32.const 0) (i32.const 131072))
          (i32.store (i32.const 4) (i32.const 100000))
          (i32.const 0)))
      (core instance $i (instantiate $m))
      (func (export "bomb") (param "n" u32) (result (list string))
        (canon lift (core func $i "bomb") (memory (core memory $i "memory")))))`,
    );
    for (const size of [1_000_000, 65_536, 4096]) {
      expect(["bad-output", "fuel"]).toContain(kindOf(isolate.call("bomb", [size])));
    }
    expect(isolate.call("bomb", [1])).toMatchObject({ ok: true });
    expect(isolate.call("bomb", [2 ** 31])).toMatchObject({ failure: { kind: "crash" } });
  });

  test.each([
    [
      "realloc",
      '(func $realloc (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)',
      "",
    ],
    [
      "realloc that never ends",
      '(func $realloc (export "realloc") (param i32 i32 i32 i32) (result i32) (loop $l (br $l)) (unreachable))',
      "",
    ],
    [
      "realloc that gives an address beyond the memory",
      '(func $realloc (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const -8))',
      "",
    ],
    [
      "post-return",
      '(func $realloc (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))',
      `(post-return (core func $i "post"))`,
    ],
  ])("a fault in %s is a typed failure", async (_, realloc, post) => {
    const isolate = await componentIsolate(
      `(component
      (core module $m (memory (export "memory") 1) ${realloc}
        (func (export "post") (param i32) unreachable)
        (func (export "f") (param i32 i32) (result i32) (i32.const 0)))
      (core instance $i (instantiate $m))
      (func (export "f") (param "s" string) (result string)
        (canon lift (core func $i "f") (memory (core memory $i "memory"))
          (realloc (core func $i "realloc")) ${post})))`,
      { fuel: 10_000_000 },
    );
    for (let round = 0; round < 2; round++) {
      expect(["crash", "fuel"]).toContain(kindOf(isolate.call("f", ["text"])));
    }
  });
});

describe("the generic interface", () => {
  const GENERIC = `(component
    (core module $m ${ALLOCATOR}
      (data (i32.const 16) "echo")
      (data (i32.const 32) "\\10\\00\\00\\00\\04\\00\\00\\00")
      (func (export "names") (result i32)
        (i32.store (i32.const 0) (i32.const 32)) (i32.store (i32.const 4) (i32.const 1)) (i32.const 0))
      (func (export "call") (param $n i32) (param i32) (param $at i32) (param $length i32) (result i32)
        (i32.store (i32.const 0) (i32.const 0))
        (i32.store (i32.const 4) (local.get $at))
        (i32.store (i32.const 8) (local.get $length))
        (if (i32.eq (local.get $length) (i32.const 2)) (then (i32.store (i32.const 0) (i32.const 1))))
        (i32.const 0)))
    (core instance $i (instantiate $m))
    (type $failure (record (field "message" string)))
    (component $c
      (type $f' (record (field "message" string)))
      (import "names" (func $names (result (list string))))
      (import "failure" (type $f (eq $f')))
      (import "call" (func $call (param "name" string) (param "args" string) (result (result string (error $f)))))
      (export $fe "failure" (type $f))
      (export "names" (func $names))
      (export "call" (func $call) (func (param "name" string) (param "args" string) (result (result string (error $fe))))))
    (func $names (result (list string)) (canon lift (core func $i "names") (memory (core memory $i "memory"))))
    (export $failure-x "failure" (type $failure))
    (func $call (param "name" string) (param "args" string) (result (result string (error $failure-x)))
      (canon lift (core func $i "call") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
    (instance $x (instantiate $c (with "names" (func $names)) (with "failure" (type $failure-x)) (with "call" (func $call))))
    (export "cupel:guest/callable@0.1.0" (instance $x)))`;

  test("is called by the names that it lists, with values of the codec", async () => {
    const isolate = await componentIsolate(GENERIC);
    expect(isolate.exportType("echo")).toBe("function");
    const args = [1, "two", new Map([[3n, new Date(0)]]), NaN];
    expect(isolate.call("echo", args)).toMatchObject({ ok: true, value: args });
    expect(isolate.call("other", [])).toMatchObject({ ok: false, failure: { kind: "load" } });
  });

  test("says why a call failed", async () => {
    const isolate = await componentIsolate(GENERIC);
    expect(isolate.call("echo", [])).toMatchObject({
      ok: false,
      failure: { kind: "exception", message: "[]" },
    });
  });
});

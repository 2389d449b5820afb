import { describe, expect, test } from "vitest";
import { callExport } from "./support/guests.ts";
import { ending, guestOf, runExport } from "./support/text_guest.ts";
import { meter, MeteredInstance } from "../../wasm/mod.ts";
import { DEFAULT_COSTS } from "../../wasm/cost.ts";
import { wat } from "./support/wat.ts";

const BUDGET = { fuel: 100_000, stackBytes: 100_000 };

/** Modules whose export `f` never ends. */
const ENDLESS: Record<string, string> = {
  "a loop": `(module (func (export "f") (loop (br 0))))`,
  "a loop with parameters and a result": `(module (func (export "f") (result i32)
    i32.const 1 (loop (param i32) (result i32) (br 0))))`,
  "a loop left by br_if only when it never is": `(module (func (export "f")
    (loop (br_if 0 (i32.const 1)))))`,
  "a loop by way of br_table": `(module (func (export "f") (param i32)
    (loop (block (br_table 1 0 1 (i32.const 0))) (br 0))))`,
  "two loops, one in the other": `(module (func (export "f")
    (loop $a (loop $b (br_if $a (i32.const 1)) (br $b)))))`,
  "a loop in an if": `(module (func (export "f")
    (if (i32.const 1) (then (loop (br 0))) (else (loop (br 0))))))`,
  "a tail call of itself": `(module (func $f (export "f") (return_call $f)))`,
  "tail calls of each other": `(module
    (func $f (export "f") (return_call $g)) (func $g (return_call $h)) (func $h (return_call $f)))`,
  "tail calls through a table": `(module (type $t (func)) (table funcref (elem $f $g))
    (func $f (export "f") (return_call_indirect (type $t) (i32.const 1)))
    (func $g (return_call_indirect (type $t) (i32.const 0))))`,
  "a tail call out of a try": `(module (tag $t)
    (func $f (export "f") try return_call $f catch_all end))`,
  "a loop that catches what it throws": `(module (tag $t) (func (export "f")
    (loop $again try throw $t catch_all br $again end)))`,
  "a handler that is a loop": `(module (tag $t) (func (export "f")
    (loop $again (try_table (catch_all $again) (throw $t)))))`,
  "a loop around a function that throws": `(module (tag $t) (func $g throw $t)
    (func (export "f") (loop $again try call $g catch $t end br $again)))`,
  "a loop that grows the memory in vain": `(module (memory 1 1) (func (export "f")
    (loop (drop (memory.grow (i32.const 1))) (br 0))))`,
  "a loop of calls": `(module (func $g) (func (export "f") (loop call $g br 0)))`,
};

describe("a guest that never ends is stopped for its fuel", () => {
  test.each(Object.entries(ENDLESS))("by %s", (_, source) => {
    const guest = guestOf(source);
    const first = runExport(guest, "f", [0], BUDGET);
    expect(ending(first)).toBe("fuel");
    expect(first.fuel).toBe(BUDGET.fuel);
    expect(ending(runExport(guest, "f", [0], BUDGET))).toBe("fuel");
  });

  test("and a handler cannot catch the stop", () => {
    const guest = guestOf(`(module (func (export "f") (result i32)
      try (loop (br 0)) catch_all end i32.const 1))`);
    expect(ending(runExport(guest, "f", [], BUDGET))).toBe("fuel");
  });

  test("nor go on after the host has stopped it", () => {
    const guest: MeteredInstance = guestOf(
      `(module (import "" "stop" (func $stop)) (func (export "f") (result i32)
        try call $stop catch_all end i32.const 1))`,
      { "": { stop: () => guest.stop("memory") } },
    );
    expect(ending(runExport(guest, "f"))).toBe("memory");
  });
});

describe("work in bulk is charged by its length", () => {
  const source = `(module (memory 64) (data $d "${"x".repeat(4096)}")
    (table $t 100000 externref)
    (func (export "fill") (param i32)
      (memory.fill (i32.const 0) (i32.const 1) (local.get 0)))
    (func (export "copy") (param i32)
      (memory.copy (i32.const 0) (i32.const 5) (local.get 0)))
    (func (export "init") (param i32)
      (memory.init $d (i32.const 0) (i32.const 0) (local.get 0)))
    (func (export "table") (param i32)
      (table.fill $t (i32.const 0) (ref.null extern) (local.get 0)))
    (func (export "grow") (param i32)
      (drop (memory.grow (local.get 0)))))`;

  test.each([
    ["fill", 4_000_000, 100_000],
    ["copy", 4_000_000, 100_000],
    ["init", 4096, 200],
    ["table", 100_000, 10_000],
    ["grow", 100, 100_000],
  ])("%s of %i costs at least %i", (name, length, least) => {
    const guest = guestOf(source);
    const short = runExport(guest, name, [0]);
    const long = runExport(guest, name, [length]);
    expect([short.ok, long.ok]).toEqual([true, true]);
    expect(long.fuel - short.fuel).toBeGreaterThan(least);
  });

  test("of blocks that no cache near the processor holds pays again, each size on top", () => {
    const guest = guestOf(source);
    const paid = (length: number) => runExport(guest, "fill", [length]).fuel;
    const [page, block, large] = [2 ** 16, 2 ** 18, 2 ** 21];
    const perByte = (paid(page) - paid(0)) / page;
    expect((paid(block - 1) - paid(0)) / block).toBeCloseTo(perByte, 3);
    expect((paid(block) - paid(0)) / block).toBeCloseTo(2 * perByte, 3);
    expect((paid(large) - paid(0)) / large).toBeCloseTo(4 * perByte, 3);
  });

  test("before it is done: what cannot be paid for does not happen", () => {
    const guest = guestOf(source);
    expect(ending(runExport(guest, "fill", [4_000_000], BUDGET))).toBe("fuel");
    expect(new Uint8Array(guest.memory.buffer).includes(1)).toBe(false);
  });
});

describe("fuel", () => {
  const source = `(module (memory 1) (func (export "f") (param i32) (result i32) (local i32)
    (loop $again
      (i32.store (i32.shl (local.get 0) (i32.const 2)) (local.get 1))
      (local.set 1 (i32.add (local.get 1) (local.get 0)))
      (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    local.get 1))`;

  test("is the same each time, and after a reset", () => {
    const guest = guestOf(source);
    guest.capture();
    const first = runExport(guest, "f", [100]);
    expect(runExport(guest, "f", [100])).toEqual(first);
    expect(guest.reset()).toBe(true);
    expect(runExport(guest, "f", [100])).toEqual(first);
  });

  test("rises with the work", () => {
    const guest = guestOf(source);
    const few = runExport(guest, "f", [100]).fuel;
    const many = runExport(guest, "f", [10_000]).fuel;
    expect(many / few).toBeGreaterThan(90);
    expect(many / few).toBeLessThan(110);
  });

  test("is enough exactly from the amount on that a run took", () => {
    const guest = guestOf(source);
    const { fuel } = runExport(guest, "f", [100]);
    expect(runExport(guest, "f", [100], { ...BUDGET, fuel }).ok).toBe(true);
    expect(ending(runExport(guest, "f", [100], { ...BUDGET, fuel: fuel - 100 }))).toBe("fuel");
  });

  test("can have a price list of which every stretch is charged", () => {
    const costs = { ...DEFAULT_COSTS, threshold: 0 };
    const costly = runExport(guestOf(source, {}, { costs }), "f", [100]).fuel;
    expect(costly).toBeGreaterThanOrEqual(runExport(guestOf(source), "f", [100]).fuel);
    const branches = `(module (func (export "f") (param i32) (result i32)
      (if (local.get 0) (then (return (i32.const 1)))) (block (br 0)) (i32.const 2)))`;
    expect(ending(runExport(guestOf(branches, {}, { costs }), "f", [0]))).toBe(2);
  });

  test("can be charged by the host", () => {
    const guest: MeteredInstance = guestOf(
      `(module (import "" "work" (func $work)) (func (export "f") (loop call $work br 0)))`,
      { "": { work: () => guest.charge(BUDGET.fuel) } },
    );
    expect(ending(runExport(guest, "f", [], BUDGET))).toBe("fuel");
  });

  test("is out of the guest's reach: its own names and indices keep their meaning", () => {
    const { bytes, layout } = meter(
      wat(`(module (global $own (export "fuel") (mut i64) (i64.const 5))
      (func (export "f") (result i64) global.get $own))`),
    );
    const own = WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name);
    expect(own.filter((name) => !name.startsWith("cupel."))).toEqual(["fuel", "f"]);
    const guest = MeteredInstance.create(new WebAssembly.Module(bytes), layout, {});
    expect(callExport(guest.exports, "f")).toBe(5n);
  });
});

import { describe, expect, test } from "vitest";
import {
  type Budget,
  type GroupCaps,
  meter,
  MeteredGroup,
  type RunResult,
} from "../../wasm/mod.ts";
import { wat } from "./support/wat.ts";

const AMPLE: Budget = { fuel: 100_000_000, stackBytes: 256 * 1024 };
const CAPS: GroupCaps = { pages: 8, elements: 100 };

type Exports = Record<string, (...args: unknown[]) => unknown>;

/** Adds modules, written as text, to a group; each may import what the earlier ones export by name. */
function link(
  sources: Record<string, string>,
  group = new MeteredGroup(CAPS),
  budget = AMPLE,
): { group: MeteredGroup; result: RunResult<Record<string, Exports>> } {
  const result = group.run(budget, () => {
    const linked: Record<string, Exports> = {};
    for (const [name, source] of Object.entries(sources)) {
      const { bytes, layout } = meter(wat(source), {
        group: "member",
        memory: { maximumPages: CAPS.pages },
        table: { maximumElements: CAPS.elements },
      });
      const module = new WebAssembly.Module(bytes);
      linked[name] = group.instantiate(module, layout, linked as WebAssembly.Imports) as Exports;
    }
    return linked;
  });
  return { group, result };
}

function linked(
  sources: Record<string, string>,
): { group: MeteredGroup; all: Record<string, Exports> } {
  const { group, result } = link(sources);
  if (!result.ok) throw result.stop.cause;
  return { group, all: result.value };
}

function ending(group: MeteredGroup, body: () => unknown, budget = AMPLE): unknown {
  const result = group.run(budget, body);
  return result.ok ? result.value : result.stop.reason;
}

const LOOP = `(func (export "loop") (param $n i32) (loop $top
  (local.set $n (i32.sub (local.get $n) (i32.const 1)))
  (br_if $top (i32.gt_s (local.get $n) (i32.const 0)))))`;

describe("what a group may use is one sum", () => {
  test("of fuel: what one instance takes is gone for the other", () => {
    const { group, all: { a, b } } = linked({
      a: `(module ${LOOP})`,
      b: `(module (import "a" "loop" (func $other (param i32))) ${LOOP}
        (func (export "both") (param i32) (call $other (local.get 0)) (call 1 (local.get 0))))`,
    });
    const fuelOf = (body: () => unknown) => {
      const result = group.run(AMPLE, body);
      expect(result.ok).toBe(true);
      return result.fuel;
    };
    const alone = fuelOf(() => a?.["loop"]?.(100_000));
    const both = fuelOf(() => b?.["both"]?.(100_000));
    expect(both).toBeGreaterThan(2 * alone - 100);
    expect(both).toBeLessThan(2 * alone + 1000);
    const budget = { ...AMPLE, fuel: Math.floor(both * 0.9) };
    expect(ending(group, () => b?.["both"]?.(100_000), budget)).toBe("fuel");
    expect(ending(group, () => a?.["loop"]?.(100_000), budget)).toBe(undefined);
  });

  test("of fuel over many slices, to the unit", () => {
    const { group, all: { a } } = linked({ a: `(module ${LOOP})` });
    const long = group.run({ ...AMPLE, fuel: 10 ** 10 }, () => a?.["loop"]?.(10_000_000));
    expect(long.ok).toBe(true);
    expect(long.fuel).toBeGreaterThan(40_000_000);
    const exactly = { ...AMPLE, fuel: long.fuel };
    expect(ending(group, () => a?.["loop"]?.(10_000_000), exactly)).toBe(undefined);
    const less = { ...AMPLE, fuel: long.fuel - 10 };
    expect(ending(group, () => a?.["loop"]?.(10_000_000), less)).toBe("fuel");
  });

  test("of depth: instances that call each other through a table never end", () => {
    const { group, all: { b } } = linked({
      a: `(module (table (export "t") 1 funcref) (type $f (func))
        (func (export "hop") (call_indirect (type $f) (i32.const 0))))`,
      b: `(module (import "a" "t" (table 1 funcref)) (import "a" "hop" (func $hop))
        (func $back (export "back") (call $hop)) (elem (i32.const 0) $back))`,
    });
    expect(ending(group, () => b?.["back"]?.())).toBe("stack");
    expect(ending(group, () => b?.["back"]?.(), { ...AMPLE, stackBytes: 4096 })).toBe("stack");
  });

  test("of memory: pages that one takes, the other cannot have", () => {
    const grows = `(memory 1) (func (export "grow") (param i32) (result i32)
      (memory.grow (local.get 0)))`;
    const { group, all: { a, b } } = linked({ a: `(module ${grows})`, b: `(module ${grows})` });
    expect(ending(group, () => a?.["grow"]?.(4))).toBe(1);
    expect(ending(group, () => b?.["grow"]?.(3))).toBe(-1);
    expect(ending(group, () => b?.["grow"]?.(-1))).toBe(-1);
    expect(ending(group, () => b?.["grow"]?.(2))).toBe(1);
    expect(ending(group, () => a?.["grow"]?.(1))).toBe(-1);
    expect(group.reset()).toBe(true); // nothing was captured yet
  });

  test("of table elements", () => {
    const grows = `(table $t 10 externref) (func (export "grow") (param i32) (result i32)
      (table.grow $t (ref.null extern) (local.get 0)))`;
    const { group, all: { a, b } } = linked({ a: `(module ${grows})`, b: `(module ${grows})` });
    expect(ending(group, () => a?.["grow"]?.(50))).toBe(10);
    expect(ending(group, () => b?.["grow"]?.(31))).toBe(-1);
    expect(ending(group, () => b?.["grow"]?.(30))).toBe(10);
  });

  test("and a group whose instances need more from the start is out of memory", () => {
    const five = "(module (memory 5))";
    expect(link({ a: five, b: five }).result).toMatchObject({
      ok: false,
      stop: { reason: "memory" },
    });
    const tables = "(module (table 60 funcref))";
    expect(link({ a: tables, b: tables }).result)
      .toMatchObject({ ok: false, stop: { reason: "memory" } });
    const group = new MeteredGroup({ ...CAPS, instances: 1 });
    expect(link({ a: "(module)", b: "(module)" }, group).result)
      .toMatchObject({ ok: false, stop: { reason: "memory" } });
  });
});

describe("the image of a group", () => {
  test("takes in a memory that another instance writes, its globals and its tables", () => {
    const { group, all: { a, b } } = linked({
      a: `(module (memory (export "m") 2) (global $g (export "g") (mut i32) (i32.const 7))
        (table (export "t") 2 funcref) (func $nine (export "nine") (result i32) (i32.const 9))
        (func (export "peek") (param i32) (result i32) (i32.load (local.get 0)))
        (func (export "read") (result i32) (global.get $g))
        (func (export "isSet") (result i32) (i32.eqz (ref.is_null (table.get 0 (i32.const 1))))))`,
      b: `(module (import "a" "m" (memory 2)) (import "a" "g" (global $g (mut i32)))
        (import "a" "t" (table 2 funcref)) (global $own (mut i64) (i64.const 5))
        (func $f) (elem declare func $f)
        (func (export "poke") (param i32 i32) (i32.store (local.get 0) (local.get 1))
          (memory.fill (i32.const 65600) (i32.const 255) (i32.const 9000))
          (global.set $g (local.get 1)) (global.set $own (i64.const 6))
          (table.set 0 (i32.const 1) (ref.func $f)))
        (func (export "own") (result i64) (global.get $own)))`,
    });
    group.capture();
    const state = () =>
      ending(group, () => [
        a?.["peek"]?.(100),
        a?.["peek"]?.(70_000),
        a?.["read"]?.(),
        b?.["own"]?.(),
        a?.["isSet"]?.(),
      ]);
    const before = state();
    expect(before).toEqual([0, 0, 7, 5n, 0]);
    ending(group, () => b?.["poke"]?.(100, 42));
    expect(state()).toEqual([42, -1, 42, 6n, 1]);
    expect(group.residentBytes()).toBeGreaterThan(8192);
    expect(group.reset()).toBe(true);
    expect(state()).toEqual(before);
  });

  test("takes in what the host wrote and told of", () => {
    const { group, all: { a } } = linked({
      a: `(module (memory (export "m") 1)
        (func (export "peek") (param i32) (result i32) (i32.load (local.get 0))))`,
    });
    group.capture();
    const memory = a?.["m"] as unknown as WebAssembly.Memory;
    ending(group, () => {
      new Uint8Array(memory.buffer).fill(1, 5000, 5004);
      group.wrote(memory, 5000, 4);
    });
    expect(ending(group, () => a?.["peek"]?.(5000))).toBe(0x01010101);
    expect(group.reset()).toBe(true);
    expect(ending(group, () => a?.["peek"]?.(5000))).toBe(0);
  });

  test("takes in what another instance put into a memory when it was made", () => {
    const { group, all: { b } } = linked({
      a: `(module (memory (export "m") 1))`,
      b: `(module (import "a" "m" (memory 1)) (data (i32.const 5000) "\\2a")
        (func (export "peek") (result i32) (i32.load8_u (i32.const 5000)))
        (func (export "poke") (i32.store8 (i32.const 5001) (i32.const 1))))`,
    });
    group.capture();
    ending(group, () => b?.["poke"]?.());
    expect(group.reset()).toBe(true);
    expect(ending(group, () => b?.["peek"]?.())).toBe(42);
  });

  test("cannot be put back where a memory grew: the group has to be replaced", () => {
    const { group, all: { a } } = linked({
      a: `(module (memory 1) (func (export "grow") (result i32) (memory.grow (i32.const 1))))`,
    });
    group.capture();
    ending(group, () => a?.["grow"]?.());
    expect(group.reset()).toBe(false);
  });
});

describe("a linked module", () => {
  test("runs its start function under the budget, and can be interrupted in it", () => {
    const forever = `(module (func $f (loop $l (br $l))) (start $f))`;
    const result = link({ a: forever }, undefined, { ...AMPLE, fuel: 1_000_000 }).result;
    expect(result).toMatchObject({ ok: false, stop: { reason: "fuel" } });

    const group = new MeteredGroup(CAPS, (buffer) => Atomics.store(new Int32Array(buffer), 0, 1));
    expect(link({ a: forever }, group, { ...AMPLE, fuel: 10 ** 12 }).result)
      .toMatchObject({ ok: false, stop: { reason: "interrupt" } });
  });

  test("keeps its globals, whatever is imported before them", () => {
    const { group, all: { b } } = linked({
      a: `(module (global (export "k") i32 (i32.const 3)))`,
      b: `(module (import "a" "k" (global $k i32)) (memory 1)
        (global $first (export "first") (mut i32) (global.get $k))
        (global $second i64 (i64.const -2))
        (data (global.get $k) "\\2a")
        (func (export "all") (result i32 i64 i32)
          (global.set $first (i32.add (global.get $first) (i32.const 1)))
          (global.get $first) (global.get $second) (i32.load8_u (i32.const 3))))`,
    });
    expect(ending(group, () => b?.["all"]?.())).toEqual([4, -2n, 42]);
    expect((b?.["first"] as unknown as WebAssembly.Global).value).toBe(4);
  });

  test("shows nothing of the meter to the others, and may not name it", () => {
    const { all: { a } } = linked({ a: `(module (memory (export "m") 1) ${LOOP})` });
    expect(Object.keys(a ?? {})).toEqual(["m", "loop"]);
    expect(() => meter(wat(`(module (import "cupel.shared" "fuel" (global (mut i64))))`)))
      .toThrow(/reserved/);
  });

  test("that is not linked, or imports a memory of somebody else, is misuse", () => {
    const group = new MeteredGroup(CAPS);
    const alone = meter(wat("(module)"));
    const result = group.run(
      AMPLE,
      () => group.instantiate(new WebAssembly.Module(alone.bytes), alone.layout, {}),
    );
    expect(result).toMatchObject({ ok: false, stop: { reason: "host" } });
    const foreign = meter(wat(`(module (import "x" "m" (memory 1)))`), { group: "member" });
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
    expect(
      group.run(
        AMPLE,
        () =>
          group.instantiate(new WebAssembly.Module(foreign.bytes), foreign.layout, {
            x: { m: memory },
          }),
      ),
    )
      .toMatchObject({ ok: false, stop: { reason: "host", message: /has no such/ } });
  });

  test("that traps for want of memory is out of memory; without that it is a trap", () => {
    const { group, all: { a } } = linked({
      a: `(module (memory 1)
        (func (export "want") (param i32)
          (if (i32.eq (memory.grow (local.get 0)) (i32.const -1)) (then (unreachable)))
          (unreachable)))`,
    });
    expect(ending(group, () => a?.["want"]?.(100))).toBe("memory");
    expect(ending(group, () => a?.["want"]?.(0))).toBe("trap");
  });
});

describe("the host's own work", () => {
  test("is paid before it is done, and ends the run where nothing is left", () => {
    const group = new MeteredGroup(CAPS);
    const result = group.run({ ...AMPLE, fuel: 1000 }, () => {
      group.spend(900);
      group.spend(200);
      return "done";
    });
    expect(result).toMatchObject({ ok: false, stop: { reason: "fuel" } });
    expect(group.run({ ...AMPLE, fuel: 1000 }, () => group.spend(900))).toMatchObject({
      fuel: 900,
    });
  });
});

describe("metering is not slow for modules made to slow it", () => {
  test.each([
    ["functions that call themselves", (i: number) => `(func (call ${i}))`],
    ["a chain of functions", (i: number) => `(func (call ${Math.min(i + 1, 49_999)}))`],
  ])("%s", (_, body) => {
    const source = `(module ${Array.from({ length: 50_000 }, (_, i) => body(i)).join("")})`;
    const { bytes } = meter(wat(source), { group: "member" });
    expect(WebAssembly.validate(bytes)).toBe(true);
  });
});

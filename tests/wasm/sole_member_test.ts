import { describe, expect, test } from "vitest";
import { type Budget, type GroupRole, meter, MeteredGroup } from "../../wasm/mod.ts";
import { wat } from "./support/wat.ts";

const AMPLE: Budget = { fuel: 100_000_000, stackBytes: 256 * 1024 };
const CAPS = { pages: 4, elements: 20 };

type Call = (...args: unknown[]) => unknown;

/** A guest of one module, in either role. */
function guestOf(source: string, role: GroupRole, budget = AMPLE) {
  const group = new MeteredGroup(CAPS);
  const { bytes, layout } = meter(wat(source), { group: role });
  const made = group.run(
    budget,
    () => group.instantiate(new WebAssembly.Module(bytes), layout, {}) as Record<string, Call>,
  );
  return { group, made };
}

/** What calls of its exports come to, with all that is counted. */
function outcomesOf(source: string, role: GroupRole, calls: [name: string, ...args: unknown[]][]) {
  const { group, made } = guestOf(source, role);
  if (!made.ok) throw made.stop.cause;
  group.capture();
  return calls.map(([name, ...args]) => {
    const result = group.run(AMPLE, () => made.value[name]?.(...args));
    const outcome = result.ok ? result.value : result.stop.reason;
    const isExact = group.reset();
    return { outcome, fuel: result.fuel, isExact, loadFuel: made.fuel };
  });
}

const PROGRAM = `(module
  (memory 1) (table $t 5 funcref)
  (global $count (export "count") (mut i32) (i32.const 10))
  (start $init)
  (func $init (global.set $count (i32.add (global.get $count) (i32.const 7))))
  (func (export "next") (result i32)
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (i32.store (i32.const 40000) (global.get $count))
    (i32.load (i32.const 40000)))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "widen") (param i32) (result i32) (table.grow $t (ref.null func) (local.get 0)))
  (func (export "need") (param i32)
    (if (i32.eq (memory.grow (local.get 0)) (i32.const -1)) (then (unreachable))))
  (func $deep (export "deep") (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (call $deep (i32.sub (local.get 0) (i32.const 1)))) (else (i32.const 0))))
  (func (export "spin") (loop $l (br $l))))`;

describe("the only module of a group", () => {
  test("does and costs what it does and costs as one of several", () => {
    const calls: [string, ...unknown[]][] = [
      ["next"],
      ["next"],
      ["grow", 4],
      ["widen", 16],
      ["need", 100],
      ["need", 0],
      ["deep", 10],
      ["deep", 10_000_000],
      ["spin"],
      ["next"],
    ];
    const sole = outcomesOf(PROGRAM, "sole", calls);
    expect(sole).toEqual(outcomesOf(PROGRAM, "member", calls));
    expect(sole.map(({ outcome }) => outcome))
      .toEqual([18, 18, -1, -1, "memory", undefined, 0, "stack", "fuel", 18]);
    expect(sole.every(({ isExact }) => isExact)).toBe(true);
  });

  test("grows up to what is left, and is then not put back but replaced", () => {
    const calls: [string, ...unknown[]][] = [["grow", 3], ["grow", 1]];
    const grown = outcomesOf(PROGRAM, "sole", calls);
    expect(grown.map(({ outcome, isExact }) => [outcome, isExact]))
      .toEqual([[1, false], [-1, false]]);
  });

  test("runs its start function under the budget", () => {
    const { made } = guestOf(`(module (func $f (loop $l (br $l))) (start $f))`, "sole", {
      ...AMPLE,
      fuel: 1_000_000,
    });
    expect(made).toMatchObject({ ok: false, fuel: 1_000_000, stop: { reason: "fuel" } });
  });

  test("pays for what the host did before there was a module", () => {
    const group = new MeteredGroup(CAPS);
    const { bytes, layout } = meter(wat(`(module (func (export "f")))`), { group: "sole" });
    const result = group.run(AMPLE, () => {
      group.spend(5000);
      group.instantiate(new WebAssembly.Module(bytes), layout, {});
      group.spend(70);
    });
    expect(result).toMatchObject({ ok: true, fuel: 5070 });
  });

  test("is alone: no other module can join it, nor it another", () => {
    const [sole, member] = (["sole", "member"] as const).map((role) => {
      const { bytes, layout } = meter(wat(`(module (func (export "f")))`), { group: role });
      return { module: new WebAssembly.Module(bytes), layout };
    });
    if (!sole || !member) throw new TypeError("unreachable");
    for (const [first, second] of [[sole, sole], [sole, member], [member, sole]] as const) {
      const group = new MeteredGroup(CAPS);
      const result = group.run(AMPLE, () => {
        group.instantiate(first.module, first.layout, {});
        group.instantiate(second.module, second.layout, {});
      });
      expect(result).toMatchObject({ stop: { reason: "host", message: /the only one/ } });
    }
  });

  test("starts without more memory than the group has left", () => {
    const { made } = guestOf(`(module (memory 5))`, "sole");
    expect(made).toMatchObject({ ok: false, stop: { reason: "memory" } });
  });
});

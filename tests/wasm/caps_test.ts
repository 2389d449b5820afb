import { describe, expect, test } from "vitest";
import { meter, MeteredInstance, type MeterOptions } from "../../wasm/mod.ts";
import { ending, guestOf, runExport } from "./support/text_guest.ts";
import { wat } from "./support/wat.ts";

const CAPS: MeterOptions = { memory: { maximumPages: 4 }, table: { maximumElements: 10 } };

const GROWS = `(func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "size") (result i32) (memory.size))`;

describe("a memory grows to its cap and not beyond", () => {
  test.each([
    ["without a maximum", "(memory 1)"],
    ["with a greater maximum", "(memory 1 100)"],
  ])("%s", (_, memory) => {
    const guest = guestOf(`(module ${memory} ${GROWS})`, {}, CAPS);
    expect(ending(runExport(guest, "grow", [4]))).toBe(-1);
    expect(ending(runExport(guest, "grow", [3]))).toBe(1);
    expect(ending(runExport(guest, "grow", [1]))).toBe(-1);
    expect(ending(runExport(guest, "size"))).toBe(4);
    expect(guest.memory.buffer.byteLength).toBe(4 * 65536);
  });

  test("with a smaller maximum of its own, to that", () => {
    const guest = guestOf(`(module (memory 1 2) ${GROWS})`, {}, CAPS);
    expect(ending(runExport(guest, "grow", [2]))).toBe(-1);
    expect(ending(runExport(guest, "grow", [1]))).toBe(1);
  });

  test("and a module that needs more from the start is refused", () => {
    expect(() => meter(wat("(module (memory 5))"), CAPS)).toThrow(/needs 5 pages and the cap is 4/);
  });
});

describe("an imported memory", () => {
  const source = wat(`(module (import "" "m" (memory 1)) ${GROWS})`);

  function link(maximum?: number): MeteredInstance {
    const { bytes, layout } = meter(source, CAPS);
    const memory = new WebAssembly.Memory(maximum ? { initial: 1, maximum } : { initial: 1 });
    return MeteredInstance.create(new WebAssembly.Module(bytes), layout, { "": { m: memory } });
  }

  test("is taken if its own maximum is within the cap", () => {
    const guest = link(4);
    expect(ending(runExport(guest, "grow", [3]))).toBe(1);
    expect(ending(runExport(guest, "grow", [1]))).toBe(-1);
  });

  test("is refused if it could grow beyond the cap", () => {
    expect(() => link(5)).toThrow(WebAssembly.LinkError);
    expect(() => link()).toThrow(WebAssembly.LinkError);
  });
});

describe("a table grows to its cap and not beyond", () => {
  test.each(["(table $t 2 externref)", "(table $t 2 1000 externref)"])("%s", (table) => {
    const guest = guestOf(
      `(module ${table} (func (export "grow") (param i32) (result i32)
        (table.grow $t (ref.null extern) (local.get 0))))`,
      {},
      CAPS,
    );
    expect(ending(runExport(guest, "grow", [9]))).toBe(-1);
    expect(ending(runExport(guest, "grow", [8]))).toBe(2);
    expect(ending(runExport(guest, "grow", [1]))).toBe(-1);
  });

  test("and a module that needs more from the start is refused", () => {
    expect(() => meter(wat("(module (table 11 funcref))"), CAPS))
      .toThrow(/needs 11 elements and the cap is 10/);
  });
});

import { describe, expect, test } from "vitest";
import { meter, parseModule } from "../../wasm/mod.ts";
import { HEADER, unsigned } from "./support/encode.ts";

/** A module of one section of `count` times the same bytes. */
function filled(id: number, count: number, entry: readonly number[], before: number[] = []) {
  const head = [...before, ...unsigned(count)];
  const content = new Uint8Array(head.length + count * entry.length);
  content.set(head);
  for (let at = head.length; at < content.length; at += entry.length) content.set(entry, at);
  return Uint8Array.from([...HEADER, id, ...unsigned(content.length), ...content]);
}

const FUNCTION_TYPE = [0x60, 0, 0];

describe("what takes a few bytes of a file and many of memory is bounded", () => {
  test("types", () => {
    expect(parseModule(filled(1, 100_000, FUNCTION_TYPE)).types.length).toBe(100_000);
    expect(() => parseModule(filled(1, 100_001, FUNCTION_TYPE)))
      .toThrow("100001 types (at most 100000 are taken)");
  });

  test("parameters of all types together", () => {
    const wide = [0x60, ...unsigned(1000), ...new Array<number>(1000).fill(0x7f), 0];
    expect(parseModule(filled(1, 2000, wide)).types.length).toBe(2000);
    expect(() => parseModule(filled(1, 2200, wide))).toThrow(
      "a section 1 of more than 2097152 bytes",
    );
  });

  test.each([
    ["imports", 2, [0, 0, 3, 0x7f, 0]],
    ["tables", 4, [0x70, 0, 0]],
    ["globals", 6, [0x7f, 0, 0x41, 0, 0x0b]],
    ["exports", 7, [0, 0, 0]],
    ["element segments", 9, [1, 0, 0]],
    ["data segments", 11, [1, 0]],
  ])("%s", (what, id, entry) => {
    expect(() => parseModule(filled(id, 100_001, entry))).toThrow(`100001 ${what} (at most 100000`);
  });

  test("functions", () => {
    expect(() => parseModule(filled(10, 150_001, [2, 0, 0x0b])))
      .toThrow("150001 functions (at most 150000 are taken)");
  });

  test("sections", () => {
    const sections = (count: number) =>
      Uint8Array.from([...HEADER, ...new Array<number[]>(count).fill([0, 1, 0]).flat()]);
    expect(parseModule(sections(10_000)).sections.length).toBe(10_000);
    expect(() => parseModule(sections(10_001))).toThrow("more than 10000 sections");
  });

  test("reads of globals in constant expressions", () => {
    const imported = [2, ...unsigned(6), 1, 0, 0, 3, 0x7f, 0];
    const reads = (count: number) => {
      const expression = new Array<number[]>(count).fill([0x23, 0]).flat();
      const content = [1, 0x7f, 0, ...expression, 0x0b];
      return Uint8Array.from([...HEADER, ...imported, 6, ...unsigned(content.length), ...content]);
    };
    expect(parseModule(reads(1000)).constantReads.length).toBe(1000);
    expect(() => parseModule(reads(100_001))).toThrow("more than 100000 reads of globals");
  });

  test("what is to be put into the code, which waits until all of it is read", () => {
    /** Functions without parameters and results, of loops without a body. */
    const loops = (functions: number, each: number) => {
      const code = [0, ...new Array<number[]>(each).fill([3, 0x40, 0x0b]).flat(), 0x0b];
      const bodies = filled(10, functions, [...unsigned(code.length), ...code]).subarray(8);
      const types = filled(1, 1, FUNCTION_TYPE).subarray(8);
      const declared = filled(3, functions, [0]).subarray(8);
      return Uint8Array.from([...HEADER, ...types, ...declared, ...bodies]);
    };
    expect(meter(loops(2, 1000)).bytes.length).toBeGreaterThan(2 * 1000);
    expect(() => meter(loops(1, 200_000))).toThrow("a function with more than 500000 stretches");
    expect(() => meter(loops(21, 100_000))).toThrow("a module with more than 2000000 stretches");
  });

  test("names", () => {
    const content = [1, ...unsigned(100_001), ...new Array<number>(100_001).fill(0x61), 0, 0];
    const bytes = Uint8Array.from([...HEADER, 7, ...unsigned(content.length), ...content]);
    expect(() => parseModule(bytes)).toThrow("a name of more than 100000 bytes");
  });
});

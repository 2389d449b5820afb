import { describe, expect, test } from "vitest";
import { readComponent } from "../../../../sandbox/component/mod.ts";
import {
  componentOf,
  joined,
  label,
  moduleOf,
  named,
  unsigned,
  vectorOf,
} from "../support/bytes.ts";

const TYPES = 7;
const U8 = 0x7d;

function withType(...bytes: (Uint8Array | readonly number[])[]): Uint8Array {
  return componentOf([TYPES, joined([[1], ...bytes])]);
}

const field = (at: number) => joined([named(label(at)), [U8]]);
const oneCase = (at: number) => joined([named(label(at)), [0, 0]]);

const kinds: [string, (count: number) => Uint8Array][] = [
  ["parameters", (count) => withType([0x40], vectorOf(count, field), [1, 0])],
  ["fields", (count) => withType([0x72], vectorOf(count, field))],
  ["cases", (count) => withType([0x71], vectorOf(count, oneCase))],
  ["items", (count) => withType([0x6f], vectorOf(count, () => [U8]))],
  ["cases", (count) => withType([0x6d], vectorOf(count, (at) => named(label(at))))],
];

describe("a type has at most a thousand", () => {
  test.each(kinds)("%s (%#)", (what, make) => {
    expect(readComponent(make(1000)).exports).toEqual([]);
    expect(() => readComponent(make(1001))).toThrow(`1001 ${what} (at most 1000 are taken)`);
  });
});

describe("what takes a byte of a file and hundreds of memory is counted", () => {
  const half = vectorOf(250_000, () => [U8]);
  const tooMany = "more than 500000 definitions and their parts";

  test("definitions", () => {
    expect(() => readComponent(componentOf([TYPES, half], [TYPES, half], [TYPES, half])))
      .toThrow(tooMany);
  });

  test("declarations of types, also in nested components", () => {
    const types = joined([[1, 0x42], vectorOf(200_000, () => [1, U8])]);
    const inner = componentOf([TYPES, types]);
    expect(() => readComponent(componentOf([4, inner], [4, inner], [4, inner]))).toThrow(tooMany);
  });

  test("components in a component", () => {
    const empty = componentOf();
    const section = joined([[4], unsigned(empty.length), empty]);
    const bytes = joined([componentOf(), ...new Array<Uint8Array>(500_001).fill(section)]);
    expect(() => readComponent(bytes)).toThrow(tooMany);
  });

  test("core modules", () => {
    const modules = new Array<[number, Uint8Array]>(1001).fill([1, moduleOf()]);
    expect(readComponent(componentOf(...modules.slice(1))).coreModules.length).toBe(1000);
    expect(() => readComponent(componentOf(...modules))).toThrow("more than 1000 core modules");
  });
});

test("a name has at most a thousand bytes", () => {
  const imports = (name: string) =>
    componentOf([TYPES, Uint8Array.of(1, 0x42, 0)], [10, joined([[1, 0], named(name), [5, 0]])]);
  expect(readComponent(imports("n".repeat(1000))).imports.length).toBe(1);
  expect(() => readComponent(imports("n".repeat(1001)))).toThrow("a name of more than 1000 bytes");
});

test("core modules have a bounded number of imports and exports together", () => {
  const core = moduleOf(
    [6, Uint8Array.of(1, 0x7f, 0, 0x41, 0, 0x0b)],
    [7, vectorOf(90_000, (at) => joined([named(label(at)), [3, 0]]))],
  );
  expect(readComponent(componentOf([1, core], [1, core])).coreModules.length).toBe(2);
  expect(() => readComponent(componentOf([1, core], [1, core], [1, core])))
    .toThrow("more than 200000 imports and exports");
});

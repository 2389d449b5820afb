import { describe, expect, test } from "vitest";
import {
  checkGrants,
  ComponentLoadError,
  readComponent,
} from "../../../../sandbox/component/mod.ts";
import { flattenFunction } from "../../../../sandbox/component/abi/flatten.ts";
import { stepsOfCanon } from "../../../../sandbox/component/link/steps.ts";
import type { FunctionType } from "../../../../sandbox/component/types.ts";
import { componentOf, joined, label, moduleOf, named, vectorOf } from "../support/bytes.ts";

const I32 = 0x7f;

/** Functions of many parameters, all of one type, that a component imports once and lowers many times. */
function lowered(params: number, times: number): Uint8Array {
  const param = (at: number) => joined([named(label(at)), [0x7d]]);
  return componentOf(
    [1, moduleOf([5, Uint8Array.of(1, 0, 1)], [7, joined([[1], named("m"), [2, 0]])])],
    [2, Uint8Array.of(1, 0, 0, 0)],
    [6, joined([[1, 0, 2, 1, 0], named("m")])],
    [7, joined([[1, 0x40], vectorOf(params, param), [1, 0]])],
    [10, joined([[1, 0], named("f"), [1, 0]])],
    [8, vectorOf(times, () => [1, 0, 0, 1, 3, 0])],
  );
}

describe("lifting and lowering takes steps for every parameter", () => {
  test("so that a small file cannot ask for much", () => {
    expect(readComponent(lowered(1000, 100)).imports.length).toBe(1);
    expect(() => readComponent(lowered(1000, 1100))).toThrow("takes too many steps to link");
    expect(readComponent(lowered(1, 1100)).imports.length).toBe(1);
  });

  test("and memory for the type alone", () => {
    const type: FunctionType = { params: [{ name: "a", type: { kind: "u8" } }], result: null };
    expect(flattenFunction(type, "lift")).toBe(flattenFunction(type, "lift"));
    expect(flattenFunction(type, "lower")).toBe(flattenFunction(type, "lower"));
    expect(stepsOfCanon(type)).toBe(5);
  });
});

test("exports of a core module share the types of their functions", () => {
  const types = joined([[1, 0x60], vectorOf(1000, () => [I32]), [0]]);
  const core = moduleOf(
    [1, types],
    [3, Uint8Array.of(1, 0)],
    [7, vectorOf(50_000, (at) => joined([named(label(at)), [0, 0]]))],
    [10, Uint8Array.of(1, 2, 0, 0x0b)],
  );
  const { blueprint } = readComponent(componentOf([1, core]));
  const [shape] = blueprint.shapes;
  expect(new Set(shape?.exports.map(({ signature }) => signature)).size).toBe(1);
});

describe("names of an instance's parts", () => {
  const withResources = (count: number, name: string) =>
    componentOf(
      [
        7,
        joined([
          [1, 0x42],
          vectorOf(count, (at) => joined([[4, 0], named(label(at)), [3, 1]])),
        ]),
      ],
      [10, joined([[1, 0], named(name), [5, 0]])],
    );

  test("are the resources' own, however long the instance's is", () => {
    const { imports } = readComponent(withResources(50_000, `x:y/${"z".repeat(900)}`));
    const [one] = imports;
    const names = one?.sort === "interface" ? [...one.interface.resources.values()] : [];
    expect(names.length).toBe(50_000);
    expect(names[7]?.name).toBe("a7");
  });
});

test("refusals are collected up to a thousand", () => {
  const imports = vectorOf(5000, (at) => joined([[0], named(label(at)), [5, 0]]));
  const component = readComponent(componentOf([7, Uint8Array.of(1, 0x42, 0)], [10, imports]));
  let reasons: readonly string[] = [];
  try {
    checkGrants(component, new Map());
  } catch (error) {
    if (error instanceof ComponentLoadError) reasons = error.reasons;
  }
  expect(reasons.length).toBe(1000);
});

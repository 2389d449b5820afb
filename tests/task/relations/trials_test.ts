import { describe, expect, test } from "vitest";
import { args, cases, defineTask, fc } from "../../../src/task/mod.ts";
import { drive } from "../../../src/task/driver.ts";
import { partsOf } from "../../../src/task/relations/parts.ts";
import { withTrials } from "../../../src/task/relations/trials.ts";

const anything = { "anything goes": (_output: unknown) => true };

function relationsOf(definition: unknown): string[] {
  const described = drive(withTrials(definition)).describe();
  if (!described.ok) throw new Error(described.problem);
  return described.relations.map(({ name }) => name);
}

describe("the relations that are tried", () => {
  test("fit the shape of the inputs, and are named by the code that makes them", () => {
    const names = relationsOf(defineTask({
      name: "numbers and a text",
      inputs: [fc.array(fc.integer(), { minLength: 1 }), fc.string({ minLength: 1 })],
      properties: anything,
    }));
    expect(names).toContain("permutation()");
    expect(names).toContain('scaling({ output: "scaled" })');
    expect(names).toContain('whitespace({ at: 1, where: "ends" })');
    expect(names).toContain("idempotence({ at: 1 })");
    expect(names.filter((name) => name.startsWith("permutation({ at: 1"))).toEqual([]);
    expect(names.filter((name) => name.startsWith("caseFolding()"))).toEqual([]);
    expect(names.filter((name) => name.startsWith("irrelevantField"))).toEqual([]);
  });

  test("go into fields of objects and of lists of objects", () => {
    const names = relationsOf(defineTask({
      name: "orders",
      inputs: fc.record({
        items: fc.array(fc.record({ price: fc.nat() }), { minLength: 1 }),
        note: fc.string(),
      }),
      properties: anything,
    }));
    expect(names).toContain('scaling({ at: [0, "items", "*", "price"] })');
    expect(names).toContain('permutation({ at: [0, "items"] })');
    expect(names).toContain('irrelevantField({ at: [0, "items", "*"] })');
    expect(names).toContain('caseFolding({ at: [0, "note"] })');
  });

  test("take the place of the task's own, and know fixed cases and dependent arguments", () => {
    const own = { "own": { transform: ([values]: unknown[]) => [values] as [unknown] } };
    expect(relationsOf({
      name: "fixed",
      inputs: cases([[[1, 2]]]),
      properties: anything,
      relations: own,
    })).not.toContain("own");
    expect(relationsOf({
      name: "dependent",
      inputs: args(fc.tuple(fc.nat(), fc.nat())),
      properties: anything,
    })).toContain("monotonicity({ at: 1 })");
  });

  test("are left to the driver where there is no task", () => {
    expect(withTrials(7)).toBe(7);
    expect(withTrials(undefined)).toBe(undefined);
    const broken = { name: "", inputs: fc.nat() };
    expect(drive(withTrials(broken)).describe()).toMatchObject({ ok: false });
  });

  test("do not apply where they would give the source again", () => {
    const driver = drive(withTrials({
      name: "equal elements",
      inputs: cases([[[4, 4, 4]], [[4, 4, 5]]]),
      properties: anything,
    }));
    const names = (index: number) => driver.plan(1, index).followUps.map((plan) => plan.relation);
    expect(names(0)).not.toContain("permutation()");
    expect(names(1)).toContain('permutation({ output: "permuted" })');
    const fed = (output: unknown) => driver.feedBack(1, 0, [[4, 4, 4]], output);
    expect(fed([4, 4, 4])).toEqual([]);
    expect(fed([4])).toContainEqual({ relation: "idempotence()", input: [[4]] });
  });
});

test("parts are what was seen in any of the samples", () => {
  expect(partsOf([[1, [[1]]], ["x", []]])).toEqual([
    { at: 0, kinds: new Set(["number", "numbers", "argument", "text", "texts"]) },
    { at: 1, kinds: new Set(["list", "numbers", "argument"]) },
    { at: [1, "*"], kinds: new Set(["list", "numbers"]) },
  ]);
});

import { describe, expect, test } from "vitest";
import { approx, multiset } from "../../../src/task/mod.ts";
import {
  type AnyRelation,
  caseFolding,
  duplication,
  idempotence,
  inverse,
  irrelevantField,
  monotonicity,
  permutation,
  scaling,
  shifting,
  whitespace,
} from "../../../src/task/relations/mod.ts";
import { judge } from "./judged.ts";

const LISTS = [[[3, 1, 2]], [[5, 5, 1, 9, -4]], [[2, 1]], [[10, 20, 30, 40, 50, 60]]];
const TEXTS = [["ab Cd"], ["  x y  "], ["Grüße, Ö!"], ["A\tB\nc"]];
const ITEMS = [[[{ price: 3, name: "a" }, { price: 5, name: "b" }]]];

const sort = (values: number[]) => [...values].sort((left, right) => left - right);
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: number[]) => sum(values) / values.length;
const max = (values: number[]) => Math.max(...values);
const total = (items: { price: number }[]) => sum(items.map(({ price }) => price));

type Program = (...input: never[]) => unknown;

/** A relation with inputs, programs for which it holds, and programs for which it does not. */
interface Row {
  name: string;
  relation: AnyRelation;
  inputs: readonly (readonly unknown[])[];
  holds: Program[];
  fails: Program[];
}

const ROWS: Row[] = [
  {
    name: "permutation, same",
    relation: permutation(),
    inputs: LISTS,
    holds: [sort, sum, max],
    fails: [(values: number[]) => values[0], (values: number[]) => values],
  },
  {
    name: "permutation, permuted",
    relation: permutation({ output: "permuted" }),
    inputs: LISTS,
    holds: [(values: number[]) => values.map((value) => value * 2)],
    fails: [sort, sum, (values: number[]) => values.map((_, at) => at)],
  },
  {
    name: "duplication of an element",
    relation: duplication(),
    inputs: LISTS,
    holds: [max, (values: number[]) => [...new Set(sort(values))]],
    fails: [sum, (values: number[]) => values.length],
  },
  {
    name: "duplication of the whole",
    relation: duplication({ of: "whole" }),
    inputs: LISTS,
    holds: [mean, max],
    fails: [sum],
  },
  {
    name: "duplication of the whole, doubled",
    relation: duplication({ of: "whole", output: "doubled" }),
    inputs: LISTS,
    holds: [sum, (values: number[]) => values.length],
    fails: [mean, (values: number[]) => [values.length, 1]],
  },
  {
    name: "scaling, same",
    relation: scaling({ factor: 0.5 }),
    inputs: [[[4, 8, -6]], [[2, 2]]],
    holds: [(values: number[]) => values.indexOf(max(values))],
    fails: [max, (values: number[]) => values.filter((value) => value > 3).length],
  },
  {
    name: "scaling, scaled, of a part",
    relation: scaling({ at: [0, "*", "price"], factor: -4, output: "scaled" }),
    inputs: ITEMS,
    holds: [total, (items: { price: number }[]) => items.map(({ price }) => ({ price }))],
    fails: [(items: { price: number }[]) => total(items) + 1],
  },
  {
    name: "scaling, a map of the output",
    relation: scaling({ output: (source: number) => source * 4 }),
    inputs: LISTS,
    holds: [(values: number[]) => sum(values.map((value) => value * value))],
    fails: [sum],
  },
  {
    name: "shifting, same",
    relation: shifting({ by: 7 }),
    inputs: LISTS,
    holds: [(values: number[]) => max(values) - sort(values)[0]!],
    fails: [sum],
  },
  {
    name: "shifting, shifted",
    relation: shifting({ by: -7, output: "shifted" }),
    inputs: LISTS,
    holds: [max, sort, mean],
    fails: [sum],
  },
  {
    name: "case folding, same",
    relation: caseFolding(),
    inputs: TEXTS,
    holds: [(text: string) => text.toLowerCase(), (text: string) => text.length],
    fails: [(text: string) => text, (text: string) => text.includes("A")],
  },
  {
    name: "case folding, folded",
    relation: caseFolding({ to: "upper", output: "folded" }),
    inputs: TEXTS,
    holds: [(text: string) => text.trim(), (text: string) => [text, text.slice(1)]],
    fails: [(text: string) => text.toLowerCase() + text.match(/[a-z]/g)?.length],
  },
  {
    name: "whitespace at the ends",
    relation: whitespace(),
    inputs: TEXTS,
    holds: [(text: string) => text.trim(), (text: string) => text.split(/\s+/).join(" ").trim()],
    fails: [(text: string) => text.length],
  },
  {
    name: "whitespace in the gaps",
    relation: whitespace({ where: "gaps", spaces: ["\u00A0"] }),
    inputs: TEXTS,
    holds: [(text: string) => text.replace(/\s+/g, "")],
    fails: [(text: string) => text.replace(/[ \t\n]+/g, ""), (text: string) => text.trim()],
  },
  {
    name: "irrelevant field, added",
    relation: irrelevantField({ at: [0, "*"] }),
    inputs: ITEMS,
    holds: [total],
    fails: [(items: object[]) => items.map((item) => Object.keys(item).length)],
  },
  {
    name: "irrelevant field, set to another value",
    relation: irrelevantField({ field: "group", values: ["A", "B"] }),
    inputs: [[{ group: "A", income: 3 }], [{ group: "B", income: 4 }]],
    holds: [({ income }: { income: number }) => income > 3],
    fails: [({ group }: { group: string }) => group],
  },
  {
    name: "idempotence",
    relation: idempotence(),
    inputs: [[[3, 1, 2]], [[2, 2, 0]]],
    holds: [sort, (values: number[]) => [...new Set(values)]],
    fails: [(values: number[]) => values.slice(1), (values: number[]) => values.toReversed()],
  },
  {
    name: "idempotence of a part of the output",
    relation: idempotence({ take: ({ text }: { text: string }) => text }),
    inputs: TEXTS,
    holds: [(text: string) => ({ text: text.trim() })],
    fails: [(text: string) => ({ text: `${text}.` })],
  },
  {
    name: "inverse, its own",
    relation: inverse(),
    inputs: LISTS,
    holds: [(values: number[]) => values.toReversed(), (values: number[]) => values],
    fails: [sort],
  },
  {
    name: "inverse, a given one",
    relation: inverse({ by: (output: string) => JSON.parse(output) }),
    inputs: [[{ a: [1, "ä"] }], [[null, 2]], ["x"]],
    holds: [(value: unknown) => JSON.stringify(value)],
    fails: [(value: unknown) => JSON.stringify([value].flat())],
  },
  {
    name: "monotonicity",
    relation: monotonicity(),
    inputs: LISTS,
    holds: [sum, max, sort, () => true],
    fails: [(values: number[]) => -sum(values), (values: number[]) => 1 / max(values)],
  },
  {
    name: "monotonicity, down, with orders of its own",
    relation: monotonicity({
      direction: "down",
      grow: (values: number[]) => [...values, 1],
      atMost: (first: number[], second: number[]) => first.length <= second.length,
    }),
    inputs: LISTS,
    holds: [(values: number[]) => values.slice(0, Math.max(0, 3 - values.length)), () => []],
    fails: [(values: number[]) => values],
  },
];

describe.each(ROWS)("$name", ({ relation, inputs, holds, fails }) => {
  test("holds for right programs, and applies to all of these inputs", () => {
    for (const program of holds) {
      const { applied, broken } = judge(relation, inputs, program);
      expect({ applied, broken }, String(program)).toEqual({ applied: inputs.length, broken: [] });
    }
  });

  test("accuses wrong ones", () => {
    for (const program of fails) {
      expect(judge(relation, inputs, program).broken, String(program)).not.toEqual([]);
    }
  });

  test("says what it is, and counts as one", () => {
    expect(relation.category).not.toBe("");
    expect(relation.description).toMatch(/argument 1/);
    expect(relation.weight).toBe(1);
  });
});

const CHANGING: [string, AnyRelation][] = [
  ["permutation", permutation()],
  ["permutation, permuted", permutation({ output: "permuted" })],
  ["duplication", duplication()],
  ["scaling", scaling()],
  ["shifting", shifting()],
  ["case folding", caseFolding()],
  ["whitespace", whitespace()],
  ["irrelevant field", irrelevantField()],
  ["idempotence", idempotence()],
  ["inverse", inverse()],
  ["monotonicity", monotonicity()],
];

test.each(CHANGING)("%s does not apply to what it cannot change", (_, relation) => {
  const strange = [[undefined], [null], [NaN], [new Map([[1, 2]])], [[]], [Symbol.iterator]];
  const { followUps } = judge(relation, strange.slice(0, 5), () => new Set());
  expect(followUps).toEqual([]);
  expect(judge(relation, [[]], () => 1).followUps).toEqual([]);
});

test.each(CHANGING)("%s leaves the source input as it is", (_, relation) => {
  const input = Object.freeze([Object.freeze([1, 2, 3])]);
  const object = Object.freeze([Object.freeze({ text: "a b", number: 3 })]);
  expect(() => judge(relation, [input, object], (value) => value)).not.toThrow();
});

describe("exactness", () => {
  test("scaling takes powers of two only, as they round nothing", () => {
    for (const factor of [3, 0.1, 0, 1, NaN, Infinity]) {
      expect(() => scaling({ factor })).toThrow(/`factor` of scaling must be a power of two/);
    }
    for (const factor of [2, 0.25, -1, -8, 2 ** 40]) {
      expect(() => scaling({ factor })).not.toThrow();
    }
    expect(() => scaling({ factor: 0, rounds: true })).toThrow(/a finite number/);
  });

  test("shifting takes whole numbers only, and applies to whole numbers only", () => {
    expect(() => shifting({ by: 0.5 })).toThrow(/`by` of shifting must be a whole number/);
    const inputs = [[[1, 2.5]], [[Number.MAX_SAFE_INTEGER]], [[NaN]], [[1, 2]]];
    expect(judge(shifting(), inputs, max).followUps).toEqual([[[2, 3]]]);
  });

  test("scaling does not apply where digits or whole numbers would be lost", () => {
    const lossy = [[[1e308]], [[5e-324]], [[Infinity]], [[Number.MAX_SAFE_INTEGER]], [[0, 0]]];
    expect(judge(scaling(), lossy.toSpliced(1, 1), max).followUps).toEqual([]);
    expect(judge(scaling({ factor: 0.5 }), [[[5e-324]], [[3]]], max).followUps).toEqual([]);
    expect(judge(scaling({ factor: 0.5 }), [[[3.5, 2]]], max).followUps).toEqual([[[1.75, 1]]]);
  });

  test("where rounding is said to be allowed, the equivalence allows for it", () => {
    const inputs = [[[0.1, 0.2, 0.4]], [[0.3, 0.6, 0.7]]];
    const relation = scaling({ factor: 0.3, rounds: true, output: "scaled" });
    expect(judge(relation, inputs, sum).broken).not.toEqual([]);
    expect(judge(relation, inputs, sum, approx({ relative: 1e-12 })).broken).toEqual([]);
  });

  test("zeros keep their signs", () => {
    const { followUps } = judge(scaling({ factor: -1 }), [[[0, -0, 1]]], () => 0);
    expect(followUps).toEqual([[[0, -0, -1]]]);
  });
});

describe("options", () => {
  test("description, weight and expectation can be given", () => {
    const relation = permutation({ description: "mine", weight: 3, expect: "notEqual" });
    expect(relation).toMatchObject({ description: "mine", weight: 3, category: "permutation" });
    expect(judge(relation, LISTS, sum).broken).toHaveLength(LISTS.length);
    expect(judge(relation, LISTS, (values: number[]) => [...values]).broken).toEqual([]);
  });

  test("a check of the task's own gets outputs and inputs", () => {
    const relation = duplication({
      expect: (before: number, after: number, [values]: [number[]], [longer]: [number[]]) =>
        after - before === sum(longer) - sum(values),
    });
    expect(judge(relation, LISTS, sum).broken).toEqual([]);
    expect(judge(relation, LISTS, max).broken).not.toEqual([]);
  });

  test("the task's equivalence compares what follows", () => {
    const relation = permutation();
    expect(judge(relation, LISTS, (values: number[]) => values).broken).not.toEqual([]);
    expect(judge(relation, LISTS, (values: number[]) => values, multiset).broken).toEqual([]);
  });

  test("letters beyond ASCII change where their counterpart leads back to them", () => {
    const inputs = [["äß ıΣ ǆ"]];
    expect(judge(caseFolding({ unicode: true }), inputs, () => 0).followUps).toEqual([["Äß ıσ Ǆ"]]);
    expect(judge(caseFolding(), inputs, () => 0).followUps).toEqual([]);
  });

  test("two elements are swapped, not left as they are", () => {
    expect(judge(permutation(), [[[1, 2]]], sum).followUps).toEqual([[[2, 1]]]);
  });

  test("a list that is permuted alike has no element in its place", () => {
    const list = Array.from({ length: 50 }, (_, at) => at);
    const { followUps } = judge(permutation({ output: "permuted" }), [[list]], () => list);
    const [[moved]] = followUps as [[number[]]];
    expect(sort(moved)).toEqual(list);
    expect(moved.some((value, at) => value === at)).toBe(false);
  });

  test.each([
    [
      () => scaling({ output: "shifted" as "scaled" }),
      /`output` of scaling must be "same" or "scaled" or/,
    ],
    [() => whitespace({ output: "same" as never }), /`output` of whitespace must be a function/],
    [() => permutation({ at: "0" as never }), /`at` of permutation must be an argument's index/],
    [() => permutation({ at: ["items"] as never }), /`at` of permutation must be/],
    [() => permutation({ at: -1 }), /`at` of permutation must be/],
    [() => permutation({ outputs: "same" } as object), /a field of permutation must be one of/],
    [() => caseFolding({ to: "title" as "upper" }), /`to` of caseFolding must be one of "upper"/],
    [() => whitespace({ where: "front" as "ends" }), /`where` of whitespace must be one of/],
    [() => duplication({ of: "half" as "whole" }), /`of` of duplication must be one of/],
    [() => monotonicity({ direction: "left" as "up" }), /`direction` of monotonicity must be/],
    [() => inverse({ expect: "equal" } as object), /a field of inverse must be one of by, equal/],
  ])("what cannot be used is refused where the task is loaded: %s", (make, message) => {
    expect(make).toThrow(message);
  });
});

import { expect, test } from "vitest";
import { several } from "../../../src/task/mod.ts";
import {
  chain,
  idempotence,
  monotonicity,
  permutation,
  scaling,
  shifting,
} from "../../../src/task/relations/mod.ts";
import { judge } from "./judged.ts";

const LISTS = [[[3, 1, 2]], [[5, 7, 1, 9, -4]]];
const max = (values: number[]) => Math.max(...values);
const double = (values: number[]) => values.map((value) => 2 * value);

test("inputs and outputs are changed in turn", () => {
  const relation = chain(
    scaling({ factor: 4, output: "scaled" }),
    shifting({ by: 3, output: "shifted" }),
  );
  const { followUps, broken } = judge(relation, LISTS, max);
  expect(followUps).toEqual([[[15, 7, 11]], [[23, 31, 7, 39, -13]]]);
  expect(broken).toEqual([]);
  expect(judge(relation, LISTS, double).broken).toHaveLength(2);
  expect(relation).toMatchObject({
    category: "composition",
    description: "multiplying argument 1 by 4: the output is scaled alike; then " +
      "adding 3 to argument 1: the output is shifted alike",
    weight: 1,
  });
});

test("an output that is permuted alike can be scaled too", () => {
  const relation = chain(permutation({ output: "permuted" }), scaling({ output: "scaled" }));
  expect(judge(relation, LISTS, double)).toMatchObject({ applied: 2, broken: [] });
  expect(judge(relation, LISTS, (values: number[]) => values.toSorted()).broken).toHaveLength(2);
});

test("it does not apply as soon as one of them does not", () => {
  const inputs = [[[1]], [[1, 2]], [[0.5, 1]]];
  expect(judge(chain(permutation(), shifting()), inputs, max).applied).toBe(1);
});

test("the last one may expect something else than equal outputs", () => {
  const relation = chain(scaling({ output: "scaled" }), monotonicity());
  expect(judge(relation, LISTS, max).broken).toEqual([]);
  expect(judge(relation, LISTS, (values: number[]) => -max(values)).broken).toHaveLength(2);
  const different = chain(permutation(), shifting({ expect: "notEqual" }));
  expect(judge(different, LISTS, max).broken).toEqual([]);
  expect(judge(different, LISTS, () => 1).broken).toHaveLength(2);
  const valid = chain(permutation(), shifting({ expect: "propertiesHold", output: "same" }));
  expect(judge(valid, LISTS, max).broken).toEqual([]);
});

test("relations of a task's own can be chained, with several follow-ups", () => {
  const relation = chain(
    { transform: ([values]: [number[]]) => several([[1, ...values]], [[...values, 1]]) },
    permutation(),
    { transform: ([values]: [number[]]) => [[...values, 99]], output: () => 99 },
  );
  const { followUps, broken } = judge(relation, [[[5, 6]]], max);
  expect(followUps.map(([values]) => (values as number[]).toSorted())).toEqual([
    [1, 5, 6, 99],
    [1, 5, 6, 99],
  ]);
  expect(broken).toEqual([]);
});

test("what cannot be chained is refused where the task is loaded", () => {
  expect(() => chain(permutation())).toThrow(/at least two: current value is 1/);
  expect(() => chain(permutation(), idempotence())).toThrow(/must have a transform/);
  expect(() => chain(monotonicity(), permutation())).toThrow(/must expect "equal".*a function/);
  expect(() => chain(permutation({ expect: "notEqual" }), permutation())).toThrow(/"notEqual"/);
});

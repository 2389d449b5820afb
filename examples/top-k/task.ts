import { args, defineTask } from "cupel/task";
import * as fc from "fast-check";

/** Values of every scenario lie within these bounds. */
const LIMIT = 1_000_000_000;

const anyValue = fc.integer({ min: -LIMIT, max: LIMIT });
const ascending = (left: number, right: number) => left - right;
const descending = (left: number, right: number) => right - left;

/** A list and a `k` between none of it and all of it: one that is too large stands for all of it. */
function withAnyK(values: fc.Arbitrary<number[]>, most = 40): fc.Arbitrary<[number[], number]> {
  return fc.tuple(values, fc.nat({ max: most }))
    .map(([list, k]) => [list, Math.min(k, list.length)]);
}

/**
 * A list of a few values, each of which may be there many times. Such a list shrinks to equal elements,
 * which elements generated one by one would not: as soon as one of them shrinks, they differ.
 */
function repeating(value: fc.Arbitrary<number>, mostValues: number): fc.Arbitrary<number[]> {
  const pool = fc.array(value, { minLength: 1, maxLength: mostValues, size: "max" });
  const picks = fc.array(fc.nat({ max: mostValues - 1 }), { maxLength: 40, size: "max" });
  return fc.tuple(pool, picks)
    .map(([values, at]) => at.map((pick) => values[pick % values.length] as number));
}

const scenarios = {
  empty: fc.tuple(fc.constant<number[]>([]), fc.nat({ max: 5 })),
  single: fc.tuple(fc.array(anyValue, { minLength: 1, maxLength: 1 }), fc.nat({ max: 3 })),
  "many duplicates": withAnyK(repeating(anyValue, 4)),
  "sorted ascending": withAnyK(
    fc.array(anyValue, { maxLength: 40 }).map((list) => list.sort(ascending)),
  ),
  "sorted descending": withAnyK(
    fc.array(anyValue, { maxLength: 40 }).map((list) => list.sort(descending)),
  ),
  long: withAnyK(fc.array(anyValue, { minLength: 100, maxLength: 200, size: "max" }), 200),
  "k = 0": fc.tuple(fc.array(anyValue, { maxLength: 20 }), fc.constant(0)),
  "k beyond the length": fc.array(anyValue, { maxLength: 20 }).chain((list) =>
    fc.tuple(fc.constant(list), fc.integer({ min: list.length + 1, max: list.length + 20 }))
  ),
  negatives: withAnyK(fc.array(fc.integer({ min: -1000, max: -1 }), { maxLength: 40 })),
  extremes: withAnyK(
    repeating(fc.constantFrom(0, 1, -1, LIMIT, LIMIT - 1, -LIMIT, -LIMIT + 1), 7),
  ),
  "small range": withAnyK(repeating(fc.integer({ min: -5, max: 5 }), 11)),
  mixed: withAnyK(fc.array(anyValue, { maxLength: 40 })),
};

/** How often each value occurs. */
function count(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Up to five values below every element of the list and within the bounds; none if none fit. */
function valuesBelow(values: readonly number[], random: { int(min: number, max: number): number }) {
  const lowest = values.length === 0 ? 0 : Math.min(...values);
  if (lowest === -LIMIT) return [];
  return Array.from({ length: random.int(1, 5) }, () => random.int(-LIMIT, lowest - 1));
}

export default defineTask({
  name: "the k largest elements, in descending order",
  entry: "topK",
  inputs: args(fc.oneof(...Object.values(scenarios))),
  properties: {
    "is an array": (output: number[]) => Array.isArray(output),
    "has min(k, length) elements": (output, values, k) => {
      const expected = Math.min(k, values.length);
      return output.length === expected || `has ${output.length} elements instead of ${expected}`;
    },
    "is in descending order": (output) =>
      output.every((value, at) => at === 0 || (output[at - 1] ?? NaN) >= value),
    "takes every element from the input, as often as it is there": (output, values) => {
      const available = count(values);
      for (const [value, times] of count(output)) {
        const most = available.get(value) ?? 0;
        if (times > most) return `has ${value} ${times} times, the input ${most} times`;
      }
    },
    "leaves out nothing larger": (output, values, k) => {
      if (k === 0 || output.length === 0) return true;
      const least = Math.min(...output);
      const larger = values.filter((value) => value > least).length;
      return larger < k || `leaves out an element larger than ${least}`;
    },
  },
  relations: {
    "permuting the input": {
      transform: ([values, k], random) => [random.shuffle(values), k],
    },
    // With k beyond the length the appended elements belong to the answer: then it does not apply.
    "appending elements below the minimum": {
      transform: ([values, k], random) => {
        const appended = k > values.length ? [] : valuesBelow(values, random);
        return appended.length === 0 ? undefined : [[...values, ...appended], k];
      },
    },
  },
});

import { defineTask } from "cupel/task";
import { idempotence, permutation, scaling } from "cupel/task/relations";
import * as fc from "fast-check";

const anyValue = fc.integer({ min: -1_000_000, max: 1_000_000 });

/** A list of a few values, each of which may be there many times. */
const repeating = fc.tuple(
  fc.array(anyValue, { minLength: 1, maxLength: 5, size: "max" }),
  fc.array(fc.nat({ max: 4 }), { maxLength: 40, size: "max" }),
).map(([pool, picks]) => picks.map((pick) => pool[pick % pool.length] as number));

/** How often each value occurs. */
function count(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

export default defineTask({
  name: "numbers in ascending order",
  entry: "sort",
  // Long lists are what the cost is about; short ones are where mistakes show.
  inputs: fc.oneof(
    fc.array(anyValue, { maxLength: 20 }),
    repeating,
    fc.array(anyValue, { minLength: 120, maxLength: 200, size: "max" }),
  ),
  properties: {
    "is an array": (output: number[]) => Array.isArray(output),
    "is in ascending order": (output) =>
      output.every((value, at) => at === 0 || (output[at - 1] ?? NaN) <= value),
    "holds each value as often as the input": (output, values) => {
      if (output.length !== values.length) {
        return `has ${output.length} elements, the input ${values.length}`;
      }
      const found = count(output);
      for (const [value, times] of count(values)) {
        const there = found.get(value) ?? 0;
        if (there !== times) return `has ${value} ${there} times, the input ${times} times`;
      }
    },
  },
  relations: {
    "the order of the input does not matter": permutation(),
    "sorting twice is sorting once": idempotence(),
    "scaling keeps the order": scaling({ factor: 4, output: "scaled" }),
  },
});

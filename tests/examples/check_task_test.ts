import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkTask } from "../../src/mutate/check_task.ts";
import { ROOT } from "../house/sources.ts";

/**
 * Right programs of the examples, and what of their mutants survives. Any of those would be an answer as
 * good as the baseline's: another of two bins with the same room.
 */
const programs: [example: string, program: string, survivors: string[]][] = [
  ["top-k", "baseline.ts", []],
  ["top-k", "heap.ts", []],
  ["credit-fairness", "baseline.ts", []],
  ["credit-fairness", "fair.ts", []],
  ["text-normalizer", "baseline.ts", []],
  ["text-normalizer", "word-by-word.ts", []],
  ["bin-packing", "baseline.ts", ["room.indexOf → room.lastIndexOf"]],
  ["bin-packing", "first-fit.ts", []],
  ["sort-numbers", "baseline.ts", []],
  ["sort-numbers", "merge-sort.ts", []],
];

describe("the judge of an example", () => {
  test.each(programs)(
    "%s catches nine in ten faults of %s",
    async (example, program, survivors) => {
      const folder = join(ROOT, "examples", example);
      const report = await checkTask({
        task: join(folder, "task.ts"),
        baseline: join(folder, program),
        workers: 2,
      });
      const { counts, score, mutants } = report;
      expect(counts.killed + counts.survived).toBeGreaterThan(10);
      expect(score).toBeGreaterThanOrEqual(0.9);
      const survived = mutants.filter(({ status }) => status === "survived");
      expect(survived.map(({ original, replacement }) => `${original} → ${replacement}`))
        .toEqual(survivors);
    },
  );
});

import { afterAll, describe, expect, test } from "vitest";
import { SummaryBuilder } from "../../src/collect/summary.ts";
import { InlineDispatcher } from "../../src/dispatch/inline.ts";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";
import { shrinkViolations } from "../../src/report/shrink_violations.ts";
import { makeFixtureRun } from "../evaluate/runs.ts";

const dispatcher = new InlineDispatcher();
afterAll(() => dispatcher.close());

async function violationsOf(run: RunSpec) {
  const task = await dispatcher.prepare(run);
  const builder = new SummaryBuilder({ requested: run.n, task });
  for (const result of await dispatcher.execute(run, { start: 0, end: run.n })) builder.add(result);
  return builder.build().violations;
}

describe("the violations of a run", () => {
  test("are shrunk from their smallest cases, soft ones as well, and run once more", async () => {
    const run = await makeFixtureRun(
      "sort_in_full",
      { baseline: "sort", candidate: "sort_constant" },
      { n: 20 },
    );
    const violations = await violationsOf(run);
    const shrunk = await shrinkViolations(run, dispatcher, violations, 200);
    for (const violation of violations) {
      const found = shrunk.get(violation);
      if (found === undefined) throw new Error(`${violation.name} was not shrunk`);
      const [first] = violation.smallest;
      expect(found.shrunk.size).toBeLessThanOrEqual(first?.size ?? 0);
      expect(found.detail).toMatchObject({
        valid: true,
        index: found.shrunk.index,
        path: found.shrunk.path,
      });
    }
    expect(violations.some(({ isHard }) => !isHard)).toBe(true);
    expect((await shrinkViolations(run, dispatcher, violations, 0)).size).toBe(0);
  });

  test("stay regressions, however small what both arms fail may be", async () => {
    const run = await makeFixtureRun(
      "sort_lists",
      { baseline: "sort_long_ones", candidate: "sort_not_at_all" },
      { n: 40 },
    );
    const violations = await violationsOf(run);
    const candidates = violations.filter(({ arm, name }) =>
      arm === "candidate" && name === "is ascending"
    );
    expect(candidates).toHaveLength(1);
    // Lists of two are failed by both arms, and are smaller than any that only the candidate fails.
    const [ascending] = candidates;
    if (ascending === undefined) throw new Error("nothing is broken");
    const [regression] = ascending.smallest;
    const small = { index: 0, size: 5, message: "", isRegression: false };
    const mixed = { ...ascending, smallest: regression ? [regression, small] : [] };
    const found = (await shrinkViolations(run, dispatcher, [mixed], 400)).get(mixed);
    if (!found?.detail.valid) throw new Error("it was not shrunk");
    expect(found.detail.arms.baseline.result.passed).toBe(true);
    expect(found.detail.arms.candidate.result.passed).toBe(false);
  });

  test("stop being shrunk when the run is cancelled", async () => {
    const run = await makeFixtureRun(
      "sort_in_full",
      { baseline: "sort", candidate: "sort_constant" },
      { n: 5 },
    );
    const violations = await violationsOf(run);
    await expect(shrinkViolations(run, dispatcher, violations, 100, AbortSignal.abort())).rejects
      .toMatchObject({ code: "cancelled" });
  });
});

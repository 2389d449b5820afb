import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { InlineDispatcher } from "../../src/dispatch/inline.ts";
import { CupelError } from "../../src/errors.ts";
import type { CaseResult } from "../../src/evaluate/case_result.ts";
import { policySchema } from "../../src/gate/policy_schema.ts";
import { runReport } from "../../src/report/run_report.ts";
import { reportText } from "../../src/report/text.ts";
import { collect, makeRun, projectFile } from "../evaluate/runs.ts";

const FOLDER = "tests/fixtures/hostile_tasks";
const tasks = readdirSync(projectFile(FOLDER)).map((file) => file.replace(/\.ts$/, ""));

/** Little enough that what takes all that it can get is stopped soon. */
const limits = { memoryBytes: 24 * 1024 * 1024 };

function hostileRun(task: string, n = 3) {
  return makeRun({
    task: `${FOLDER}/${task}.ts`,
    baseline: "tests/fixtures/arms/sort.ts",
    candidate: "tests/fixtures/arms/sort_nonsense.ts",
    n,
    limits,
  });
}

async function evaluate(task: string): Promise<CaseResult[] | CupelError> {
  try {
    return await collect(await hostileRun(task), new InlineDispatcher());
  } catch (error) {
    if (error instanceof CupelError) return error;
    throw error;
  }
}

describe("a task that replaces what its own driver relies on, or takes all there is,", () => {
  test.each(tasks)("is bad input or judges nothing, and passes no wrong arm: %s", async (task) => {
    const results = await evaluate(task);
    if (results instanceof CupelError) {
      expect(results.code).toBe("bad-input");
      expect(results.message).toContain(`${task}.ts`);
      return;
    }
    expect(results).toHaveLength(3);
    for (const result of results) {
      if (result.valid) expect(result.arms.candidate.passed).toBe(false);
      else expect(result.error.message).toMatch(/^Cannot (generate the case|judge the baseline)/);
    }
  });

  test.each<[string, string, RegExp]>([
    ["never_judges", "fuel", /^Cannot judge the baseline's output: /],
    ["fills_memory", "memory", /^Cannot judge the baseline's output: /],
    ["replaces_is_array", "bad-output", /^Cannot generate the case: a follow-up's input are/],
    ["replaces_is_finite", "bad-output", /^Cannot judge the baseline's output: a metric is not/],
    ["many_follow_ups", "bad-output", /^Cannot generate the case: .*more than 64/],
  ])("judges nothing, and says why: %s", async (task, kind, message) => {
    const results = await evaluate(task);
    expect(results).toMatchObject(
      Array(3).fill({ valid: false, error: { kind, message: expect.stringMatching(message) } }),
    );
  });

  test.each<[string, RegExp]>([
    ["getter_throws", /look away/],
    ["long_description", /Cannot use the task of long_description.ts: /],
  ])("is bad input: %s", async (task, message) => {
    await expect(evaluate(task)).resolves.toMatchObject({ code: "bad-input" });
    expect(`${await evaluate(task)}`).toMatch(message);
  });

  test("ends in an error, which the report tells of, where nothing could be judged", async () => {
    const run = await hostileRun("many_follow_ups", 12);
    const options = { policy: policySchema.parse({}), shrink: 50 };
    const report = await runReport(run, new InlineDispatcher(), options);
    expect(report).toMatchObject({ verdict: "error", cases: { judged: 0, invalid: 12 } });
    // What is packed may spell anything.
    const { sources: _, ...figures } = report;
    expect(JSON.stringify(figures)).not.toMatch(/NaN|Infinity/);
    expect(reportText(report, { colour: false })).toContain("12 cases could not be judged");
  });
});

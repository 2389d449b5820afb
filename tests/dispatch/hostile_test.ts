import { describe, expect, test } from "vitest";
import type { FailureKind } from "../../sandbox/outcome.ts";
import { InlineDispatcher } from "../../src/dispatch/inline.ts";
import { collect, judgedOnly, makeRun } from "../evaluate/runs.ts";

/** Little enough that what takes all that it can get is stopped soon. */
const limits = { fuel: 400_000_000, memoryBytes: 24 * 1024 * 1024 };

function hostile(name: string): string {
  return `tests/fixtures/hostile/${name}.ts`;
}

async function evaluate(candidate: string, n = 5) {
  const run = await makeRun({ candidate: hostile(candidate), n, limits });
  return judgedOnly(await collect(run, new InlineDispatcher()));
}

describe("a hostile candidate", () => {
  test.each<[string, FailureKind[]]>([
    ["getter_throws", ["exception", "bad-output"]],
    ["never_ends", ["fuel"]],
    ["backtracks", ["fuel"]],
    ["memory_bomb", ["memory", "fuel"]],
    ["recurses", ["stack", "exception"]],
    ["huge_output", ["bad-output", "memory"]],
    ["deep_output", ["bad-output", "stack"]],
    ["never_settles", ["exception"]],
  ])("fails with a typed failure and harms nobody else: %s", async (name, kinds) => {
    for (const { arms } of await evaluate(name)) {
      const { candidate, baseline } = arms;
      expect(baseline.passed).toBe(true);
      expect(candidate.passed).toBe(false);
      expect(kinds).toContain(candidate.failure);
      expect(candidate.calls).toBe(1);
      expect(candidate.checked).toEqual([]);
      expect(candidate.violations).toHaveLength(1);
      expect(candidate.violations[0]).toMatchObject({ kind: "failure", name: candidate.failure });
      expect(candidate.violations[0]?.message).toMatch(/\S/);
      expect(candidate.violations[0]?.message.length).toBeLessThanOrEqual(1001);
    }
  });

  test("may throw whatever it likes: each is an exception", async () => {
    for (const { arms } of await evaluate("throws_anything", 40)) {
      expect(arms.baseline.passed).toBe(true);
      expect(arms.candidate.failure).toBe("exception");
      expect(arms.candidate.violations[0]?.message.length).toBeLessThanOrEqual(1001);
    }
  });

  test("cannot count its calls: every one of them is its first", async () => {
    for (const { arms } of await evaluate("remembers")) {
      expect(arms.candidate.passed).toBe(true);
      expect(arms.candidate.outputDigest).toBe(arms.baseline.outputDigest);
    }
  });

  test("cannot break a later call by breaking built-ins", async () => {
    for (const { arms } of await evaluate("tampers_quietly")) {
      expect(arms.candidate.violations).toEqual([]);
      expect(arms.candidate.outputDigest).toBe(arms.baseline.outputDigest);
    }
  });

  test("cannot reach its judge: what it replaces is replaced for itself alone", async () => {
    for (const { arms } of await evaluate("tampers")) {
      expect(arms.baseline.passed).toBe(true);
      expect(arms.candidate.passed).toBe(false);
    }
  });

  test("cannot lie about the type of its answer: the judge sees a plain copy", async () => {
    for (const { arms } of await evaluate("lies_about_its_type", 30)) {
      expect(arms.baseline.passed).toBe(true);
      expect(arms.candidate.passed).toBe(false);
    }
  });

  test("finds nothing of the host", async () => {
    const candidate = hostile("looks_around");
    const run = await makeRun({ task: "tests/fixtures/tasks/nothing_found.ts", candidate, n: 1 });
    const results = judgedOnly(
      await collect({ ...run, baseline: run.candidate }, new InlineDispatcher()),
    );
    expect(results[0]?.arms.candidate.violations).toEqual([]);
  });

  test("may answer at length, and is judged by it", async () => {
    const run = await makeRun({ candidate: hostile("large_answer"), n: 2 });
    for (const { arms } of judgedOnly(await collect(run, new InlineDispatcher()))) {
      expect(arms.candidate.failure).toBeUndefined();
      expect(arms.candidate.violations.map(({ kind }) => kind)).toContain("property");
    }
  });
});

describe("an arm that cannot be used", () => {
  test.each([
    ["throwing_top_level", "throwing_top_level.ts as the candidate: "],
    ["endless_top_level", "endless_top_level.ts as the candidate: "],
    ["no_export", "no_export.ts as the candidate of the task"],
  ])("is bad input, not a result: %s", async (name, message) => {
    await expect(evaluate(name)).rejects.toMatchObject({
      code: "bad-input",
      message: expect.stringContaining(`Cannot use ${message}`),
    });
  });
});

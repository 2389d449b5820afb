import { describe, expect, test } from "vitest";
import { InlineDispatcher } from "../../src/dispatch/inline.ts";
import { collect, judgedOnly, makeFixtureRun } from "./runs.ts";

async function candidates(candidate: string, repetitions: number, n = 20) {
  const run = await makeFixtureRun("sort", { baseline: "sort", candidate }, { repetitions, n });
  return judgedOnly(await collect(run, new InlineDispatcher())).map(({ arms }) => {
    expect(arms.baseline).toMatchObject({ passed: true });
    expect(arms.baseline.unstable).toBeUndefined();
    return arms.candidate;
  });
}

describe("repeating each case with other random numbers", () => {
  test("tells an arm whose outputs change, and lets it pass where they are all right", async () => {
    for (const result of await candidates("sort_drawing", 3)) {
      expect(result).toMatchObject({ passed: true, violations: [], unstable: "output" });
    }
  });

  test.each([
    ["sort_at_times", "exception", { kind: "failure", name: "exception", stack: /at_times/ }],
    ["sort_draws_at_times", undefined, { kind: "property", name: "is not drawn" }],
  ])("never passes an arm that passes at times: %s", async (candidate, failure, broken) => {
    const results = await candidates(candidate, 4, 30);
    const unstable = results.filter((result) => result.unstable === "judgement");
    const always = results.filter((result) => result.unstable === undefined);
    expect(unstable.length).toBeGreaterThan(10);
    for (const result of unstable) {
      expect(result.passed).toBe(false);
      expect(result.failure).toBe(failure);
      const { stack, ...rest } = broken as { stack?: RegExp };
      expect(result.violations).toMatchObject([rest]);
      if (stack) expect(result.violations[0]?.stack).toMatch(stack);
    }
    // Once in 8 cases it passes, once in 40 it fails, four times in a row.
    expect(always.length).toBeLessThan(15);
    expect(results).toHaveLength(unstable.length + always.length);
  });

  test("finds nothing in an arm that is the same each time", async () => {
    const results = await candidates("sort", 5);
    expect(results.every(({ passed, unstable }) => passed && unstable === undefined)).toBe(true);
  });

  test("changes no other figure of the case than its judgement", async () => {
    const once = await candidates("sort_at_times", 1, 30);
    const often = await candidates("sort_at_times", 4, 30);
    for (const [at, first] of once.entries()) {
      const { usage, calls, metrics, outputDigest } = often[at] ?? {};
      expect(usage?.fuel).toBe(first.usage.fuel);
      expect({ calls, metrics, outputDigest }).toEqual({
        calls: first.calls,
        metrics: first.metrics,
        outputDigest: first.outputDigest,
      });
      if (!first.passed) expect(often[at]?.passed).toBe(false);
    }
  });

  test("counts no relation as checked that broke off in the run that failed", async () => {
    const run = await makeFixtureRun(
      "sort_lists",
      { baseline: "sort", candidate: "sort_throws_at_times" },
      { repetitions: 4, n: 40 },
    );
    const results = judgedOnly(await collect(run, new InlineDispatcher()))
      .map(({ arms }) => arms.candidate);
    const brokenOff = results.filter(({ violations, unstable }) =>
      unstable === "judgement" && violations[0]?.message.startsWith("in the follow-up of")
    );
    expect(brokenOff.length).toBeGreaterThan(3);
    for (const { checked } of brokenOff) expect(checked).toEqual([]);
    const passed = results.filter((result) => result.passed);
    for (const { checked } of passed) expect(checked).toEqual(["permuting"]);
  });

  test("says nothing of stability where each case runs once", async () => {
    const results = await candidates("sort_drawing", 1);
    expect(results.every(({ passed, unstable }) => passed && unstable === undefined)).toBe(true);
  });
});

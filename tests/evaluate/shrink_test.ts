import { afterAll, describe, expect, test } from "vitest";
import { InlineDispatcher } from "../../src/dispatch/inline.ts";
import type { Arm } from "../../src/evaluate/case_result.ts";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";
import type { ShrinkRequest, Shrunk } from "../../src/evaluate/shrink.ts";
import { judgedOnly, makeFixtureRun } from "./runs.ts";

const dispatcher = new InlineDispatcher();
afterAll(() => dispatcher.close());

/** The first of some cases in which an arm breaks something, as a request to shrink it. */
async function firstBroken(
  run: RunSpec,
  arm: Arm = "candidate",
  isWanted = (_input: unknown) => true,
): Promise<ShrinkRequest> {
  const results = await dispatcher.execute(run, { start: 0, end: run.n });
  const found = judgedOnly(results.filter(({ valid }) => valid))
    .find(({ arms, input }) => !arms[arm].passed && isWanted(input));
  const [violation] = found?.arms[arm].violations ?? [];
  if (found === undefined || violation === undefined) throw new Error("nothing was broken");
  return {
    index: found.index,
    size: found.inputSize,
    arm,
    violation,
    isRegression: found.arms.baseline.passed,
    tries: 1000,
    fuel: 20_000_000_000,
  };
}

/** What is shown of the case that shrinking came to. */
async function examined(run: RunSpec, { index, path }: Shrunk) {
  const [detail] = await dispatcher.examine(run, [{ index, path }]);
  if (!detail?.valid) throw new Error("the case is not valid");
  return { input: detail.input.value, arms: detail.arms };
}

describe("shrinking a violation", () => {
  test("comes to the same each time, and where nothing is smaller stays where it is", async () => {
    const run = await makeFixtureRun("breaks_when_long", { baseline: "sort" }, { n: 5 });
    const request = await firstBroken(run, "baseline");
    const shrunk = await dispatcher.shrink(run, request);
    expect(await dispatcher.shrink(run, request)).toEqual(shrunk);
    expect((await examined(run, shrunk)).input).toEqual([[0]]);
    expect(shrunk).toMatchObject({ ended: "minimal", size: "[[0]]".length });
  });

  test("tries no more inputs than it may, and says so", async () => {
    const run = await makeFixtureRun("breaks_when_long", { baseline: "sort" }, { n: 5 });
    const request = await firstBroken(run, "baseline");
    const whole = await dispatcher.shrink(run, request);
    for (const tries of [0, 1, 3]) {
      const shrunk = await dispatcher.shrink(run, { ...request, tries });
      expect(shrunk).toMatchObject({ tries, ended: "tries" });
      // As far as it went, it went the same way.
      expect(whole.path.slice(0, shrunk.path.length)).toEqual(shrunk.path);
    }
    expect((await dispatcher.shrink(run, { ...request, tries: whole.tries })).path).toEqual(
      whole.path,
    );
  });

  test("uses no more fuel than it may, and says so", async () => {
    const run = await makeFixtureRun("breaks_when_long", { baseline: "sort" }, { n: 5 });
    const request = await firstBroken(run, "baseline");
    const whole = await dispatcher.shrink(run, request);
    const shrunk = await dispatcher.shrink(run, { ...request, fuel: 20_000_000 });
    expect(shrunk.ended).toBe("fuel");
    expect(shrunk.tries).toBeLessThan(whole.tries);
    expect(await dispatcher.shrink(run, { ...request, fuel: 0 })).toMatchObject({
      path: [],
      size: request.size,
      tries: 0,
      ended: "fuel",
    });
  });

  test("of an arm that never ends is over when a few tries have taken its fuel", async () => {
    const run = await makeFixtureRun(
      "sort_lists",
      { baseline: "sort", candidate: "sort_never" },
      { n: 30, limits: { fuel: 50_000_000 } },
    );
    const isLong = (input: unknown) => (input as [number[]])[0].length > 6;
    const request = { ...await firstBroken(run, "candidate", isLong), fuel: 200_000_000 };
    expect(request.violation).toMatchObject({ kind: "failure", name: "fuel" });
    const shrunk = await dispatcher.shrink(run, request);
    expect(shrunk.ended).toBe("fuel");
    expect(shrunk.size).toBeLessThanOrEqual(request.size);
    // A try that fails takes a quarter; those that pass, of three elements or fewer, next to nothing.
    expect(shrunk.path.length).toBeGreaterThan(0);
    expect(shrunk.path.length).toBeLessThanOrEqual(4);
  });

  test("keeps a regression one: what the baseline fails too is no smaller one", async () => {
    const run = await makeFixtureRun(
      "sort_lists",
      { baseline: "sort_long_ones", candidate: "sort_not_at_all" },
      { n: 30 },
    );
    const isLong = (input: unknown) => (input as [number[]])[0].length > 4;
    const request = await firstBroken(run, "candidate", isLong);
    expect(request.isRegression).toBe(true);
    const { input, arms } = await examined(run, await dispatcher.shrink(run, request));
    expect((input as [number[]])[0]).toHaveLength(3);
    expect(arms.baseline.result.passed).toBe(true);
    expect(arms.candidate.result.passed).toBe(false);
    const both = await dispatcher.shrink(run, { ...request, isRegression: false });
    expect((await examined(run, both)).input).toHaveLength(1);
    expect(both.size).toBeLessThan("[[0,0,0]]".length);
  });

  test("leaves fixed cases alone", async () => {
    const run = await makeFixtureRun(
      "two_cases",
      { baseline: "sort", candidate: "sort_constant" },
      { n: 1 },
    );
    expect(await dispatcher.shrink(run, await firstBroken(run))).toMatchObject({
      path: [],
      tries: 0,
      ended: "minimal",
    });
  });

  test("passes over smaller cases that the task cannot plan", async () => {
    const run = await makeFixtureRun("shrink_throws", { baseline: "sort" }, { n: 20 });
    const isLong = (input: unknown) => (input as [number[]])[0].length > 5;
    const request = await firstBroken(run, "baseline", isLong);
    const shrunk = await dispatcher.shrink(run, request);
    expect((await examined(run, shrunk)).input).toEqual([[51]]);
  });

  test("finds what is smaller where a handful of cases is too much for one reply", async () => {
    const run = await makeFixtureRun(
      "breaks_when_long",
      { baseline: "sort" },
      { n: 20, limits: { outputBytes: 1000 } },
    );
    const isLong = (input: unknown) => (input as [number[]])[0].length > 30;
    const request = await firstBroken(run, "baseline", isLong);
    const shrunk = await dispatcher.shrink(run, request);
    expect((await examined(run, shrunk)).input).toEqual([[0]]);
  });

  test("is over when its fuel is, where the task looks for smaller inputs without end", async () => {
    const run = await makeFixtureRun("shrink_never_ends", { baseline: "sort_constant" }, {
      n: 1,
    });
    const request = { ...await firstBroken(run, "baseline"), fuel: 5_000_000_000 };
    const shrunk = await dispatcher.shrink(run, request);
    // 5 is right, 6 is not.
    expect(shrunk).toMatchObject({ path: [1], ended: "fuel" });
    expect((await examined(run, shrunk)).input).toEqual([6]);
  });
});

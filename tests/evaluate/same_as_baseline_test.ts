import { afterAll, describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../../sandbox/limits.ts";
import { InlineDispatcher } from "../../src/dispatch/inline.ts";
import { drive } from "../../src/task/driver.ts";
import { collect, judgedOnly, makeFixtureRun } from "./runs.ts";

const TASK = "same_as_baseline";
const dispatcher = new InlineDispatcher();
afterAll(() => dispatcher.close());

async function candidates(candidate: string, baseline = "sort", changes = {}) {
  const run = await makeFixtureRun(TASK, { baseline, candidate }, { n: 60, ...changes });
  return judgedOnly(await collect(run, new InlineDispatcher())).map(({ arms }) => arms);
}

describe("a task whose candidate must be the same as the baseline", () => {
  test("passes answers that are equivalent to the baseline's", async () => {
    for (const { baseline, candidate } of await candidates("sort_not_at_all")) {
      expect([baseline.passed, candidate.passed]).toEqual([true, true]);
    }
  });

  test("fails what is not, though every property holds, and says what the baseline has", async () => {
    const arms = await candidates("sort_constant");
    const broken = arms.flatMap(({ candidate }) => candidate.violations);
    expect(broken.length).toBeGreaterThan(30);
    for (const { kind, name, message } of broken) {
      expect({ kind, name }).toEqual({ kind: "property", name: "same as the baseline" });
      expect(message).toMatch(/^is \[.*\], and the baseline's \[.*\]$/);
    }
    expect(arms.every(({ baseline }) => baseline.passed)).toBe(true);
  });

  test("shrinks such a difference, and shows it again when examined", async () => {
    const run = await makeFixtureRun(TASK, { baseline: "sort", candidate: "sort_constant" }, {
      n: 5,
    });
    const [first] = judgedOnly(await dispatcher.execute(run, { start: 0, end: 5 }))
      .filter(({ arms }) => !arms.candidate.passed);
    if (first === undefined) throw new Error("nothing is broken");
    const { index, inputSize: size } = first;
    const violation = { kind: "property" as const, name: "same as the baseline" };
    const bounds = { tries: 200, fuel: 4e9, isRegression: true };
    const shrunk = await dispatcher.shrink(run, {
      index,
      size,
      arm: "candidate",
      violation,
      ...bounds,
    });
    expect(shrunk.ended).toBe("minimal");
    const [detail] = await dispatcher.examine(run, [shrunk]);
    if (!detail?.valid) throw new Error("the case is not valid");
    expect(detail.arms.candidate.result.violations).toMatchObject([violation]);
  });

  test("fails a candidate that gives a value where the baseline throws: nothing was improved", async () => {
    const arms = await candidates("sort", "sort_throws_at_times");
    const thrown = arms.filter(({ baseline }) => baseline.failure === "exception");
    expect(thrown.length).toBeGreaterThan(0);
    for (const { candidate } of thrown) {
      expect(candidate.violations).toMatchObject([{
        kind: "property",
        name: "same as the baseline",
        message: expect.stringMatching(/^gives a value, and the baseline threw: /),
      }]);
    }
    const others = arms.filter(({ baseline }) => baseline.failure === undefined);
    expect(others.every(({ candidate }) => candidate.passed)).toBe(true);
  });

  test("compares nothing where the baseline met a limit", async () => {
    const limits = { ...DEFAULT_LIMITS, fuel: 30_000_000 };
    const arms = await candidates("sort", "sort_spins_at_times", { limits });
    const spun = arms.filter(({ baseline }) => baseline.failure === "fuel");
    expect(spun.length).toBeGreaterThan(0);
    expect(arms.every(({ candidate }) => candidate.passed)).toBe(true);
  });

  test("is told of by its description, and keeps that name for itself", () => {
    const properties = { "same as the baseline": () => true };
    const task = { name: "x", inputs: { fixed: [[1]], rest: undefined }, sameAsBaseline: true };
    expect(drive({ ...task, properties })?.describe()).toMatchObject({
      ok: false,
      problem: expect.stringContaining("a name in `properties`"),
    });
    expect(drive({ ...task, properties: { holds: () => true } }).describe()).toMatchObject({
      properties: [{ name: "holds" }, { name: "same as the baseline", severity: "hard" }],
    });
    expect(drive(task).describe()).toMatchObject({
      properties: [{ name: "same as the baseline", severity: "hard" }],
    });
    expect(drive({ ...task, sameAsBaseline: false }).describe()).toMatchObject({ ok: false });
    expect(drive({ ...task, properties, sameAsBaseline: "yes" }).describe()).toMatchObject({
      ok: false,
    });
  });
});

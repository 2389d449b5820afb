import { describe, expect, test } from "vitest";
import { InlineDispatcher } from "../../src/dispatch/inline.ts";
import { LocalDispatcher } from "../../src/dispatch/local.ts";
import type { Dispatcher } from "../../src/evaluate/dispatcher.ts";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";
import { policySchema } from "../../src/gate/policy_schema.ts";
import { reportJson } from "../../src/report/json.ts";
import { runReport } from "../../src/report/run_report.ts";
import { makeFixtureRun, makeRun } from "../evaluate/runs.ts";

const policy = policySchema.parse({});

async function report(run: RunSpec, dispatcher: Dispatcher, changes: object = {}) {
  try {
    return await runReport(run, dispatcher, { policy, shrink: 400, ...changes });
  } finally {
    await dispatcher.close();
  }
}

function withoutTimes(json: string): string {
  return json.replace(/("wallMs": )[\d.e-]+/g, "$10");
}

describe("the report of a run", () => {
  test("is the same to the byte with one worker, with two and with none, shrinking and all", async () => {
    const run = await makeRun({ candidate: "examples/top-k/drops-duplicates.ts", n: 60 });
    const one = await report(run, new LocalDispatcher(1));
    const json = withoutTimes(reportJson(one));
    expect(withoutTimes(reportJson(await report(run, new LocalDispatcher(2))))).toBe(json);
    expect(withoutTimes(reportJson(await report(run, new InlineDispatcher())))).toBe(json);
    expect(one.violations.filter(({ shrunk }) => shrunk?.confirmed).length).toBeGreaterThan(1);
  });

  test("shrinks what is found among 400 cases to what is known to be the least", async () => {
    const run = await makeRun({ candidate: "examples/top-k/drops-duplicates.ts", n: 400 });
    const { violations } = await report(run, new LocalDispatcher(2));
    const { shrunk } = violations.find(({ name }) => name === "has min(k, length) elements") ?? {};
    // Two equal elements, both of which are wanted.
    const [values, k] = shrunk?.input as [number[], number];
    expect(values).toEqual([values[0], values[0]]);
    expect(k).toBeGreaterThanOrEqual(2);
    expect(shrunk).toMatchObject({
      text: `topK([${values.join(", ")}], ${k})`,
      output: `[${values[0]}]`,
      message: "has 1 elements instead of 2",
      ended: "minimal",
      confirmed: true,
    });
  });

  test("has all figures of a task that has everything", async () => {
    const run = await makeFixtureRun(
      "sort_in_full",
      { baseline: "sort", candidate: "sort_constant" },
      { n: 30, repetitions: 2 },
    );
    const { metrics, groups, relations, relationScore, unstable, violations, difference } =
      await report(run, new InlineDispatcher());
    expect(metrics).toMatchObject([
      // Where it is wrong and shorter than the baseline's list, that is no gain.
      { name: "length", kind: "mean", cases: 30, missing: 0, candidate: expect.closeTo(109 / 30) },
      { name: "largest of long ones", kind: "sum", missing: 0 },
    ]);
    expect(metrics[0]?.gap).not.toBeNull();
    expect(groups.map(({ name }) => name)).toEqual(["even", "odd"]);
    expect(groups.reduce((sum, { cases }) => sum + cases, 0)).toBe(30);
    expect(difference.clusters?.count).toBeGreaterThan(2);
    expect(difference.method).toBe("tango-1998-rao-scott-1992");
    expect(relations[0]).toMatchObject({ category: "permutation", weight: 3 });
    expect(relationScore.baseline).toBe(1);
    expect(relationScore.candidate).toBeLessThan(1);
    expect(unstable).toEqual({
      baseline: { judgements: 0, outputs: 0, first: [] },
      candidate: { judgements: 0, outputs: 0, first: [] },
    });
    const soft = violations.find(({ severity }) => severity === "soft");
    expect(soft).toMatchObject({
      name: "is short",
      description: "short lists are nicer to look at",
      shrunk: { confirmed: true, text: expect.stringMatching(/^the list/) },
    });
    expect(soft?.smallest.input).toBeInstanceOf(Array);
    const hard = violations.find(({ name }) => name === "keeps the length");
    expect(hard?.shrunk?.text).toMatch(/^the list/);
    expect(hard?.shrunk?.output).toBe("sorted 1 2 3");
    expect(hard?.shrunk?.confirmed).toBe(true);
  });

  test("shrinks and confirms what breaks in some repetitions only", async () => {
    const run = await makeFixtureRun(
      "sort",
      { baseline: "sort", candidate: "sort_at_times" },
      { n: 30, repetitions: 4 },
    );
    const { violations, unstable, verdict } = await report(run, new InlineDispatcher());
    expect(verdict).toBe("reject");
    expect(unstable?.candidate.judgements).toBeGreaterThan(10);
    expect(unstable?.candidate.first).toHaveLength(10);
    expect(violations[0]).toMatchObject({ kind: "failure", name: "exception" });
    expect(violations[0]?.shrunk).toMatchObject({ ended: "minimal", confirmed: true });
    expect(violations[0]?.shrunk?.output).toBe("exception: Error: not today");
  });

  test("shrinks nothing where nobody wants it", async () => {
    const run = await makeRun({ candidate: "examples/top-k/drops-duplicates.ts", n: 20 });
    const { violations } = await report(run, new InlineDispatcher(), { shrink: 0 });
    expect(violations.length).toBeGreaterThan(0);
    expect(violations.every(({ shrunk }) => shrunk === null)).toBe(true);
  });

  test("of a sequential run that was stopped has the interval that may be looked at then", async () => {
    const run = await makeRun({ candidate: "examples/top-k/drops-duplicates.ts", n: 400 });
    const sequential = policySchema.parse({
      regressions: null,
      difference: { margin: 0.02 },
      sequential: { method: "always-valid" },
    });
    const stopped = await report(run, new InlineDispatcher(), { policy: sequential, shrink: 0 });
    expect(stopped.verdict).toBe("reject");
    expect(stopped.cases.done).toBeLessThan(400);
    expect(stopped.difference.method).toBe("always-valid");
    const rule = stopped.gate.rules.find(({ name }) => name === "non-inferiority");
    expect(rule?.figures).toMatchObject({
      low: stopped.difference.low,
      high: stopped.difference.high,
    });
  });
});

import { afterAll, describe, expect, test } from "vitest";
import { InlineDispatcher } from "../../src/dispatch/inline.ts";
import type { CaseDetail } from "../../src/evaluate/case_detail.ts";
import { judgedOnly, makeFixtureRun, makeRun } from "./runs.ts";

const dispatcher = new InlineDispatcher();
afterAll(() => dispatcher.close());

/** A case that was judged. */
function valid(detail: CaseDetail | undefined): CaseDetail & { valid: true } {
  if (!detail?.valid) throw new Error("the case is not valid");
  return detail;
}

describe("a case in full", () => {
  test("shows every call with its input, its output, what was written and what it cost", async () => {
    const run = await makeFixtureRun("sort_lists", {
      baseline: "sort",
      candidate: "sort_descending",
    });
    const details = await dispatcher.examine(run, [{ index: 3, path: [] }]);
    const { input, arms, index, path } = valid(details[0]);
    expect({ index, path }).toEqual({ index: 3, path: [] });
    const { calls } = arms.candidate;
    expect(calls.map(({ relation }) => relation)).toEqual([undefined, "permuting"]);
    const [source, followUp] = calls;
    expect(source?.input).toEqual(input);
    const [values = []] = input.value as [number[]];
    const [shuffled = []] = followUp?.input.value as [number[]];
    expect([...shuffled].sort()).toEqual([...values].sort());
    expect(source?.answer).toMatchObject({
      ok: true,
      output: { value: [...values].sort((left, right) => right - left) },
    });
    expect(source?.console).toEqual([
      { level: "log", text: `sorting ${values.length} numbers` },
    ]);
    expect(source?.usage.fuel).toBeGreaterThan(0);
    expect(arms.baseline.calls[0]?.console).toEqual([]);
  });

  test("says of each arm the very same as the run did", async () => {
    const run = await makeFixtureRun("sort_in_full", {
      baseline: "sort",
      candidate: "sort_constant",
    }, {
      n: 8,
    });
    const results = judgedOnly(await dispatcher.execute(run, { start: 0, end: 8 }));
    const addresses = results.map(({ index }) => ({ index, path: [] }));
    const details = (await dispatcher.examine(run, addresses)).map(valid);
    const timeless = (result: { usage: { wallMs: number } }) => ({
      ...result,
      usage: { ...result.usage, wallMs: 0 },
    });
    for (const [at, detail] of details.entries()) {
      const result = results[at];
      expect(detail.inputDigest).toBe(result?.inputDigest);
      for (const arm of ["baseline", "candidate"] as const) {
        expect(timeless(detail.arms[arm].result)).toEqual(
          timeless(result?.arms[arm] ?? { usage: { wallMs: -1 } }),
        );
      }
    }
  });

  test("shows a failure with its message and its place in the arm's file", async () => {
    const run = await makeFixtureRun(
      "sort_lists",
      { baseline: "sort", candidate: "sort_descending" },
      { n: 60 },
    );
    const results = judgedOnly(await dispatcher.execute(run, { start: 0, end: 60 }));
    const { index = 0 } = results.find(({ arms }) => arms.candidate.failure) ?? {};
    const [detail] = await dispatcher.examine(run, [{ index, path: [] }]);
    const [source, ...followUps] = valid(detail).arms.candidate.calls;
    expect(source?.answer).toMatchObject({
      ok: false,
      failure: {
        kind: "exception",
        message: "RangeError: one is none",
        stack: expect.stringContaining("sort_descending.ts:4:"),
      },
    });
    expect(source?.console).toHaveLength(1);
    expect(followUps).toEqual([]);
    expect(valid(detail).arms.candidate.result.failure).toBe("exception");
  });

  test("shows the first repetition that broke something, and the first where none did", async () => {
    const run = await makeFixtureRun(
      "sort",
      { baseline: "sort", candidate: "sort_at_times" },
      { n: 20, repetitions: 4 },
    );
    const results = judgedOnly(await dispatcher.execute(run, { start: 0, end: 20 }));
    const broken = results.filter(({ arms }) => !arms.candidate.passed);
    expect(broken.some(({ arms }) => arms.candidate.outputDigest !== "exception")).toBe(true);
    const addresses = broken.map(({ index }) => ({ index, path: [] }));
    for (const detail of (await dispatcher.examine(run, addresses)).map(valid)) {
      expect(detail.arms.candidate.calls[0]?.answer).toMatchObject({
        ok: false,
        failure: { message: "Error: not today" },
      });
      expect(detail.arms.baseline.calls[0]?.answer.ok).toBe(true);
    }
  });

  test("shows values as the task formats them", async () => {
    const run = await makeFixtureRun("sort_in_full", { baseline: "sort" });
    const [detail] = await dispatcher.examine(run, [{ index: 0, path: [] }]);
    const { input, arms } = valid(detail);
    expect(input).toEqual({ value: [[2, 1]], text: "the list 2 1" });
    const shown = arms.baseline.calls.map(({ relation, input, answer }) =>
      `${relation}: ${input.text} → ${answer.ok ? answer.output.text : answer.failure.kind}`
    );
    expect(shown[0]).toBe("undefined: the list 2 1 → sorted 1 2");
    expect(shown).toContain("adding one to each: the list 3 2 → sorted 2 3");
    expect(shown).toContain("sorting again: the list 1 2 → sorted 1 2");
  });

  test("is run with everything loaded anew, as often as it is asked for", async () => {
    const run = await makeRun({ candidate: "tests/fixtures/hostile/remembers.ts" });
    const address = { index: 5, path: [] };
    const [first, second] = await dispatcher.examine(run, [address, address]);
    const [third] = await dispatcher.examine(run, [address]);
    const outputs = [first, second, third].map((detail) => {
      const { calls, result } = valid(detail).arms.candidate;
      return { digest: result.outputDigest, answers: calls.map(({ answer }) => answer.ok) };
    });
    expect(outputs[1]).toEqual(outputs[0]);
    expect(outputs[2]).toEqual(outputs[0]);
  });

  test("says why where a case cannot be judged, as for a path that leads nowhere", async () => {
    const run = await makeFixtureRun("sort_lists", { baseline: "sort" });
    const [detail] = await dispatcher.examine(run, [{ index: 0, path: [1_000] }]);
    expect(detail).toMatchObject({
      index: 0,
      valid: false,
      error: {
        kind: "exception",
        message: expect.stringContaining("a path must be one that the shrinks have"),
      },
    });
  });
});

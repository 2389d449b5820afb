import { describe, expect, test } from "vitest";
import { InlineDispatcher } from "../../src/dispatch/inline.ts";
import { DEFAULT_POLICY } from "../../src/gate/policy.ts";
import { runReport } from "../../src/report/run_report.ts";
import { collect, judgedOnly, makeFixtureRun } from "./runs.ts";

const RELATIONS = [
  "permuting",
  "adding an element",
  "adding one to each",
  "rotating",
  "appending",
  "sorting again",
];

async function results(candidate: string, n = 12) {
  const run = await makeFixtureRun("sort_in_full", { baseline: "sort", candidate }, { n });
  return judgedOnly(await collect(run, new InlineDispatcher()));
}

function namesOf(broken: readonly { kind: string; name: string }[]): string[] {
  return broken.map(({ kind, name }) => `${kind} ${name}`);
}

describe("a task with everything that a task may have", () => {
  test("describes itself to the run", async () => {
    const dispatcher = new InlineDispatcher();
    const description = await dispatcher.prepare(
      await makeFixtureRun("sort_in_full", { baseline: "sort" }),
    );
    await dispatcher.close();
    expect(description).toMatchObject({
      entry: "sort",
      fixedCases: 2,
      generates: true,
      feedsBack: true,
      clusters: true,
      groups: true,
      formats: true,
    });
    expect(description.properties[2]).toEqual({
      name: "is short",
      severity: "soft",
      description: "short lists are nicer to look at",
    });
    expect(description.relations[0]).toEqual({
      name: "permuting",
      category: "permutation",
      description: "the order of the elements does not matter",
      weight: 3,
    });
    expect(description.metrics[1]).toMatchObject({ kind: "sum", direction: "higher" });
  });

  test("is passed by what is right, in every relation, with metrics and keys of each case", async () => {
    const judged = await results("sort");
    const [first, second] = judged;
    expect(judged.every(({ arms }) => arms.candidate.passed && arms.baseline.passed)).toBe(true);
    expect(new Set(judged.flatMap(({ arms }) => arms.candidate.checked))).toEqual(
      new Set(RELATIONS),
    );
    // The fixed cases: [2, 1] and [5, 3, 4].
    expect(first).toMatchObject({ cluster: "1", group: "even" });
    expect(first?.arms.candidate.metrics).toEqual([2, 2]);
    expect(second).toMatchObject({ cluster: "3", group: "odd" });
    expect(second?.arms.candidate.metrics).toEqual([3, 5]);
    const lonely = judged.find(({ arms }) => (arms.candidate.metrics[0] ?? 9) < 2);
    expect(lonely?.arms.candidate.metrics[1]).toBeNull();
  });

  test("reports soft properties, which decide nothing", async () => {
    const [, second] = await results("sort", 2);
    expect(second?.arms.candidate).toMatchObject({
      passed: true,
      violations: [],
      warnings: [{ kind: "property", name: "is short", message: "has 3 elements" }],
    });
  });

  test("goes on to check every relation of a case after the first that fails", async () => {
    const [first] = await results("sort_constant", 1);
    const { candidate } = first?.arms ?? {};
    expect(candidate?.checked.sort()).toEqual([...RELATIONS].sort());
    // The answer is [1, 2, 3] whatever is asked.
    expect(namesOf(candidate?.violations ?? [])).toEqual([
      "property keeps the length",
      "relation adding an element",
      "relation adding one to each",
      "relation rotating",
      "relation appending",
    ]);
  });

  test("does not count a relation as checked where a follow-up of it failed", async () => {
    for (const { arms } of await results("sort_but_tens")) {
      const { checked, violations, failure } = arms.candidate;
      // A list of a 9 becomes one of a 10; one that is appended to always has it.
      if (!arms.baseline.checked.includes("appending")) continue;
      expect(failure).toBe("exception");
      expect(checked).not.toContain("appending");
      expect(violations.map(({ message }) => message)).toContain(
        'in the follow-up of "appending": RangeError: no tens',
      );
      const { stack } = violations.find(({ kind }) => kind === "failure") ?? {};
      expect(stack).toContain("sort_but_tens.ts:3:");
    }
  });

  test("asks each input once: a follow-up like the source, or like another, has its answer", async () => {
    const [first, second] = await results("sort", 2);
    // [2, 1]: with itself, shuffled or turned by nothing; [1, 2], turned, sorted again or shuffled;
    // [2, 1, 4]; [3, 2]; [2, 1, 10].
    expect(first?.arms.candidate.calls).toBe(5);
    // Three turns of [5, 3, 4], one of which is the source; its shuffle; [3, 4, 5]; one each for the rest.
    expect(second?.arms.candidate.calls).toBeGreaterThanOrEqual(7);
    expect(second?.arms.candidate.calls).toBeLessThanOrEqual(8);
  });
});

describe("an arm", () => {
  test("draws the same random numbers for the same input, in either arm, source or follow-up", async () => {
    const run = await makeFixtureRun("draws", { baseline: "draw", candidate: "draw_later" });
    const judged = judgedOnly(await collect(run, new InlineDispatcher()));
    const digests = new Map<string, string>();
    for (const { inputDigest, arms } of judged) {
      // The relation feeds the source's own input again, and expects the same answer.
      expect(arms.candidate).toMatchObject({ passed: true, checked: ["again"], calls: 1 });
      expect(arms.candidate.outputDigest).toBe(arms.baseline.outputDigest);
      const known = digests.get(inputDigest) ?? arms.baseline.outputDigest;
      expect(arms.baseline.outputDigest).toBe(known);
      digests.set(inputDigest, known);
    }
    expect(new Set(digests.values()).size).toBe(4);
    const other = await makeFixtureRun("draws", { baseline: "draw" }, { seed: 43, n: 20 });
    for (const { inputDigest, arms } of judgedOnly(await collect(other, new InlineDispatcher()))) {
      expect(arms.baseline.outputDigest).not.toBe(digests.get(inputDigest));
    }
  });
});

describe("a task of fixed cases alone", () => {
  const options = { policy: DEFAULT_POLICY, shrink: 0 };
  const asked = async (n: number | undefined) => {
    const run = { ...await makeFixtureRun("two_cases", { baseline: "sort" }), n };
    return await runReport(run, new InlineDispatcher(), options);
  };

  test("has as many cases as it has, where nobody says how many", async () => {
    expect(await asked(undefined)).toMatchObject({
      run: { n: 2 },
      cases: { requested: 2, done: 2, judged: 2 },
    });
    expect(await asked(1)).toMatchObject({ run: { n: 1 }, cases: { judged: 1 } });
  });

  test("is bad input where more are asked for", async () => {
    await expect(asked(3)).rejects.toMatchObject({
      code: "bad-input",
      message: 'Cannot run 3 cases as the task "two cases" has 2 fixed ones and generates none: ' +
        "ask for at most 2",
    });
  });
});

describe("a metric", () => {
  test("has no value where it is not there, no number, or cannot be read", async () => {
    const run = await makeFixtureRun("measures", { baseline: "answer" }, { n: 6 });
    const judged = judgedOnly(await collect(run, new InlineDispatcher()));
    expect(judged.map(({ arms }) => arms.candidate.metrics)).toEqual([
      [1, 2, 1],
      [null, null, null],
      [null, null, null],
      [null, null, null],
      [null, null, null],
      [null, 0, null],
    ]);
    expect(judged.every(({ arms }) => arms.candidate.passed)).toBe(true);
  });
});

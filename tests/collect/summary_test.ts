import { describe, expect, test } from "vitest";
import { CupelError } from "../../src/errors.ts";
import { evidenceOf } from "../../src/collect/evidence.ts";
import { relationScore } from "../../src/collect/relation_summary.ts";
import { SummaryBuilder } from "../../src/collect/summary.ts";
import { MOST_COUNTEREXAMPLES, MOST_VIOLATIONS } from "../../src/collect/violation_summary.ts";
import type { ArmResult } from "../../src/evaluate/case_result.ts";
import { DEFAULT_POLICY } from "../../src/gate/policy.ts";
import { decide } from "../../src/gate/verdict.ts";
import { armResult, broken, judged } from "../evaluate/case_results.ts";
import { relation, taskDescription } from "../evaluate/task_descriptions.ts";

const TASK = taskDescription({
  relations: [relation("permute"), relation("append"), relation("never")],
});

function builder(requested = 100): SummaryBuilder {
  return new SummaryBuilder({ requested, task: TASK });
}

describe("a summary", () => {
  test("counts pairs, passes, calls, fuel and time", () => {
    const cases = builder(4);
    cases.add(judged(0, armResult(), armResult()));
    cases.add(judged(1, armResult(), armResult([broken("sorted")])));
    cases.add(judged(2, armResult([broken("sorted")]), armResult()));
    cases.add(
      judged(3, armResult([broken("sorted")]), armResult([broken("sorted")], { failure: "fuel" })),
    );
    const summary = cases.build();
    expect(summary.table).toEqual({ both: 1, baselineOnly: 1, candidateOnly: 1, neither: 1 });
    expect(summary.firstRegression).toBe(1);
    expect(summary.arms.candidate).toEqual({
      passed: 2,
      total: 4,
      calls: 12,
      fuel: 4000,
      memoryBytes: 4096,
      wallMs: 1,
      failures: new Map([["fuel", 1]]),
    });
  });

  test("counts each relation once a case, and shows those that never applied", () => {
    const cases = builder();
    const twice = { kind: "relation", name: "permute", message: "outputs differ" } as const;
    cases.add(judged(0, armResult(), armResult([twice, twice])));
    cases.add(judged(1, armResult([], { checked: ["append"] }), armResult()));
    expect(cases.build().relations).toMatchObject([
      {
        ...relation("permute"),
        baseline: { checked: 1, failed: 0 },
        candidate: { checked: 2, failed: 1 },
        table: { both: 0, baselineOnly: 1, candidateOnly: 0, neither: 0 },
      },
      {
        ...relation("append"),
        baseline: { checked: 2, failed: 0 },
        candidate: { checked: 2, failed: 0 },
        table: { both: 2, baselineOnly: 0, candidateOnly: 0, neither: 0 },
      },
      {
        ...relation("never"),
        baseline: { checked: 0, failed: 0 },
        candidate: { checked: 0, failed: 0 },
        table: { both: 0, baselineOnly: 0, candidateOnly: 0, neither: 0 },
      },
    ]);
  });

  test("keeps the smallest failing inputs, and of equally small ones the first", () => {
    const cases = builder();
    const inputs = [[1, 2, 3], [10, 20], [8], [9], [[], []]];
    inputs.forEach((input, index) => {
      cases.add(judged(index, armResult(), armResult([broken("sorted", `bad ${index}`)]), input));
    });
    const isRegression = true;
    expect(cases.build().violations).toEqual([{
      arm: "candidate",
      kind: "property",
      name: "sorted",
      isHard: true,
      cases: 5,
      smallest: [
        { index: 2, input: [8], size: 3, message: "bad 2", isRegression },
        { index: 3, input: [9], size: 3, message: "bad 3", isRegression },
        { index: 0, input: [1, 2, 3], size: 7, message: "bad 0", isRegression },
      ],
    }]);
    expect(MOST_COUNTEREXAMPLES).toBe(3);
  });

  test("prefers a regression to a smaller input that the baseline fails too", () => {
    const cases = builder();
    const wrong = () => armResult([broken("sorted")]);
    cases.add(judged(0, wrong(), wrong(), [1]));
    cases.add(judged(1, armResult(), wrong(), [1, 2, 3, 4]));
    const [candidate, baseline] = cases.build().violations;
    expect(candidate?.smallest.map(({ index }) => index)).toEqual([1, 0]);
    expect(baseline?.smallest).toMatchObject([{ index: 0, isRegression: false }]);
  });

  test("counts soft violations apart from hard ones of the same name, after them", () => {
    const cases = builder();
    cases.add(judged(0, armResult(), armResult([], { warnings: [broken("sorted")] })));
    cases.add(
      judged(1, armResult(), armResult([broken("sorted")], { warnings: [broken("sorted")] })),
    );
    const { violations, table } = cases.build();
    expect(violations).toMatchObject([
      { name: "sorted", isHard: true, cases: 1 },
      { name: "sorted", isHard: false, cases: 2 },
    ]);
    expect(table).toEqual({ both: 1, baselineOnly: 1, candidateOnly: 0, neither: 0 });
  });

  test("lists the candidate's violations first, the most frequent of them on top", () => {
    const cases = builder();
    cases.add(judged(0, armResult([broken("a")]), armResult([broken("rare"), broken("often")])));
    cases.add(judged(1, armResult([broken("a")]), armResult([broken("often")])));
    const names = cases.build().violations.map(({ arm, name }) => `${arm} ${name}`);
    expect(names).toEqual(["candidate often", "candidate rare", "baseline a"]);
  });

  test("stays small where a task invents a new name for each case", () => {
    const cases = builder(1000);
    for (let index = 0; index < 1000; index++) {
      cases.add(judged(index, armResult(), armResult([broken(`p${index}`, "m".repeat(10_000))])));
    }
    const { violations, violationsDropped } = cases.build();
    expect(violations).toHaveLength(MOST_VIOLATIONS);
    expect(violationsDropped).toBe(1000 - MOST_VIOLATIONS);
    expect(violations[0]?.smallest[0]?.message.length).toBeLessThan(2100);
  });

  test("never counts a case that could not be judged as a pass", async () => {
    const cases = builder(20);
    for (let index = 0; index < 20; index++) {
      cases.add({ index, valid: false, error: { kind: "fuel", message: "out of fuel" } });
    }
    const summary = cases.build();
    expect(summary).toMatchObject({ judged: 0, invalid: 20 });
    expect(summary.firstInvalid).toHaveLength(5);
    const run = { seed: 1, repetitions: 1 };
    const evidence = await evidenceOf({ summary, task: TASK, run, policy: DEFAULT_POLICY });
    expect(decide(evidence, DEFAULT_POLICY).verdict).toBe("error");
  });
});

describe("the relation score", () => {
  function score(weights: number[], changes: Partial<ArmResult>): number | null {
    const relations = weights.map((weight, at) => relation(`r${at}`, { weight }));
    const cases = new SummaryBuilder({ requested: 1, task: taskDescription({ relations }) });
    const checked = relations.map(({ name }) => name);
    cases.add(judged(0, armResult(), armResult([], { checked, ...changes })));
    return relationScore(cases.build().relations, "candidate");
  }
  const first = { violations: [{ kind: "relation" as const, name: "r0", message: "no" }] };

  test("is the share of checks that held, by weight, of what was checked", () => {
    expect(score([1, 3], {})).toBe(1);
    expect(score([1, 3], { ...first, passed: false })).toBe(0.75);
    expect(score([1, 3], { ...first, passed: false, checked: ["r0"] })).toBe(0);
    expect(score([1, 3], { checked: [] })).toBeNull();
    expect(score([], {})).toBeNull();
  });

  test("is a number for weights as large, and as small, as there are", () => {
    const most = Number.MAX_VALUE;
    expect(score([most, most], { ...first, passed: false })).toBe(0.5);
    expect(score([5e-324, 5e-324], { ...first, passed: false })).toBe(0.5);
    expect(score([5e-324, most], { ...first, passed: false })).toBe(1);
  });
});

describe("results that cannot be true are refused", () => {
  test("a case that comes twice, out of order or from outside of the run", () => {
    const cases = builder(5);
    cases.add(judged(2, armResult(), armResult()));
    for (const index of [2, 1, 5, -1, NaN, 2.5]) {
      expect(() => cases.add(judged(index, armResult(), armResult()))).toThrow(CupelError);
    }
  });

  test("a pass with violations", () => {
    const lie = armResult([broken("sorted")], { passed: true });
    expect(() => builder().add(judged(0, armResult(), lie))).toThrow(/passed it and violated/);
  });
});

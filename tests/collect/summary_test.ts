import { describe, expect, test } from "vitest";
import { CupelError } from "../../src/errors.ts";
import { DEFAULT_POLICY } from "../../src/gate/policy.ts";
import { decide } from "../../src/gate/verdict.ts";
import { evidenceOf, SummaryBuilder } from "../../src/report/summary.ts";
import { MOST_VIOLATIONS } from "../../src/report/violation_summary.ts";
import { armResult, broken, judged } from "./case_results.ts";

const TASK = { relations: ["permute", "append", "never"] };

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
    expect(cases.build().relations).toEqual([
      {
        name: "permute",
        baseline: { checked: 1, failed: 0 },
        candidate: { checked: 2, failed: 1 },
      },
      { name: "append", baseline: { checked: 2, failed: 0 }, candidate: { checked: 2, failed: 0 } },
      { name: "never", baseline: { checked: 0, failed: 0 }, candidate: { checked: 0, failed: 0 } },
    ]);
  });

  test("keeps the smallest failing input, and of equally small ones the first", () => {
    const cases = builder();
    const inputs = [[1, 2, 3], [10, 20], [8], [9], [[], []]];
    inputs.forEach((input, index) => {
      cases.add(judged(index, armResult(), armResult([broken("sorted", `bad ${index}`)]), input));
    });
    expect(cases.build().violations).toEqual([{
      arm: "candidate",
      kind: "property",
      name: "sorted",
      cases: 5,
      smallest: { index: 2, input: [8], size: 3, message: "bad 2" },
    }]);
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
    expect(violations[0]?.smallest.message.length).toBeLessThan(2100);
  });

  test("never counts a case that could not be judged as a pass", () => {
    const cases = builder(20);
    for (let index = 0; index < 20; index++) {
      cases.add({ index, valid: false, error: { kind: "fuel", message: "out of fuel" } });
    }
    const summary = cases.build();
    expect(summary).toMatchObject({ judged: 0, invalid: 20 });
    expect(summary.firstInvalid).toHaveLength(5);
    expect(decide(evidenceOf(summary), DEFAULT_POLICY).verdict).toBe("error");
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

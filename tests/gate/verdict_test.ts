import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../../src/gate/policy.ts";
import { policySchema } from "../../src/gate/policy_schema.ts";
import { decide } from "../../src/gate/verdict.ts";
import { type Cells, evidence } from "./evidence.ts";

function verdict(cells: Cells, policy = DEFAULT_POLICY): string {
  return decide(evidence(cells), policy).verdict;
}

describe("the default policy", () => {
  test("adopts an equivalent candidate", () => {
    expect(verdict({ both: 400 })).toBe("adopt");
    expect(verdict({ both: 390, neither: 10 })).toBe("adopt");
    expect(verdict({ both: 10 })).toBe("adopt");
  });

  test("adopts a candidate that is better and never worse", () => {
    expect(verdict({ both: 390, candidateOnly: 10 })).toBe("adopt");
  });

  test("rejects one regression, however many cases improve", () => {
    expect(verdict({ both: 399, baselineOnly: 1 })).toBe("reject");
    expect(verdict({ both: 1, baselineOnly: 1, candidateOnly: 398 })).toBe("reject");
  });

  test("rejects a regression in a run too small or too broken to adopt from", () => {
    expect(verdict({ both: 2, baselineOnly: 1 })).toBe("reject");
    expect(verdict({ both: 100, baselineOnly: 1, invalid: 5 })).toBe("reject");
    expect(verdict({ baselineOnly: 1 })).toBe("reject");
  });

  test("names the first regression in its reason", () => {
    const decision = decide(
      { ...evidence({ both: 20, baselineOnly: 2 }), firstRegression: 17 },
      DEFAULT_POLICY,
    );
    expect(decision.reason).toBe(
      "2 cases that the baseline passes are failed by the candidate (the first is case 17).",
    );
  });
});

describe("what must never adopt", () => {
  test.each<[string, Cells, string]>([
    ["no case at all", {}, "error"],
    ["no case run of those asked for", { requested: 400 }, "error"],
    ["all cases invalid", { invalid: 400 }, "error"],
    ["both arms fail everything", { neither: 400 }, "inconclusive"],
    ["the candidate passes everything, the baseline nothing", {
      candidateOnly: 400,
    }, "inconclusive"],
    ["too few cases", { both: 9 }, "inconclusive"],
    ["a single case", { both: 1 }, "inconclusive"],
    ["one invalid case among many good ones", { both: 399, invalid: 1 }, "inconclusive"],
    ["a run that stopped early", { both: 399, requested: 400 }, "inconclusive"],
    ["more results than were asked for", { both: 401, requested: 400 }, "inconclusive"],
    ["the candidate fails everything", { baselineOnly: 400 }, "reject"],
  ])("%s", (_name, cells, expected) => {
    expect(verdict(cells)).toBe(expected);
  });

  test("no small table with a regression, a missing or an invalid case, under any policy", () => {
    for (const margin of [0, 0.01, 0.5]) {
      for (let both = 0; both <= 14; both += 7) {
        for (let baselineOnly = 0; baselineOnly <= 2; baselineOnly++) {
          for (let candidateOnly = 0; candidateOnly <= 12; candidateOnly += 4) {
            for (let invalid = 0; invalid <= 1; invalid++) {
              const cells = { both, baselineOnly, candidateOnly, invalid };
              const { verdict, rules } = decide(
                evidence(cells),
                policySchema.parse({ difference: { margin } }),
              );
              const clean = baselineOnly === 0 && invalid === 0 && both > 0 &&
                both + candidateOnly >= 10;
              if (!clean) expect(verdict, JSON.stringify(cells)).not.toBe("adopt");
              if (verdict === "adopt") {
                expect(rules.every((rule) => rule.status === "pass")).toBe(true);
              }
            }
          }
        }
      }
    }
  });

  test("counts that are not counts", () => {
    for (const bad of [NaN, -1, 0.5, Infinity]) {
      expect(() => verdict({ both: bad })).toThrow(RangeError);
      expect(() => verdict({ both: 400, candidateOnly: bad })).toThrow(RangeError);
    }
  });
});

describe("a policy with a margin", () => {
  const policy = policySchema.parse({ difference: { margin: 0.02 }, regressions: null });

  test("adopts where the interval lies above the margin", () => {
    expect(verdict({ both: 400 }, policy)).toBe("adopt");
    expect(verdict({ both: 3990, baselineOnly: 10 }, policy)).toBe("adopt");
  });

  test("is undecided where the interval contains the margin", () => {
    expect(verdict({ both: 50 }, policy)).toBe("inconclusive");
    expect(verdict({ both: 395, baselineOnly: 5 }, policy)).toBe("inconclusive");
  });

  test("rejects where the interval lies below the margin", () => {
    expect(verdict({ both: 300, baselineOnly: 100 }, policy)).toBe("reject");
  });
});

describe("a policy of margin 0 that allows regressions", () => {
  const policy = policySchema.parse({ regressions: null });

  test("adopts improvements that clearly outweigh them", () => {
    expect(verdict({ both: 300, baselineOnly: 1, candidateOnly: 99 }, policy)).toBe("adopt");
  });

  test("does not decide where they balance, and rejects where they prevail", () => {
    expect(verdict({ both: 398, baselineOnly: 1, candidateOnly: 1 }, policy)).toBe("inconclusive");
    expect(verdict({ both: 397, baselineOnly: 2, candidateOnly: 1 }, policy)).toBe("reject");
  });
});

describe("a decision", () => {
  test("reports each rule with its status, a sentence and its figures", () => {
    const { rules } = decide(evidence({ both: 400 }), DEFAULT_POLICY);
    expect(rules).toEqual([
      {
        name: "enough-evidence",
        status: "pass",
        reason: "All 400 cases could be judged.",
        figures: {
          requested: 400,
          judged: 400,
          invalid: 0,
          minimumCases: 10,
          baselinePassed: 400,
        },
      },
      {
        name: "regressions",
        status: "pass",
        reason: "The candidate passes every case that the baseline passes.",
        figures: { regressions: 0, most: 0, judged: 400 },
      },
      {
        name: "non-inferiority",
        status: "pass",
        reason: "The pass rate differs by 0.00 points (95 % interval " +
          "[-0.95, +0.95]); no loss is allowed.",
        figures: {
          margin: 0,
          estimate: 0,
          low: expect.closeTo(-0.00951, 5),
          high: expect.closeTo(0.00951, 5),
        },
      },
    ]);
  });

  test("says how many more cases would decide all that is undecided", () => {
    const noninferior = policySchema.parse({ regressions: null, difference: { margin: 0.02 } });
    const { moreCases, reason } = decide(evidence({ both: 150 }), noninferior);
    expect(moreCases).toBe(39);
    expect(reason).toContain("about 39 more cases would decide");
    expect(verdict({ both: 188 }, noninferior)).toBe("inconclusive");
    expect(verdict({ both: 189 }, noninferior)).toBe("adopt");
    expect(decide(evidence({ both: 189 }), noninferior).moreCases).toBe(0);
  });

  test("says that no number of cases would, where one rule can never be decided", () => {
    const few = decide(evidence({ both: 3, requested: 4, invalid: 1 }), DEFAULT_POLICY);
    expect(few).toMatchObject({ verdict: "inconclusive", moreCases: null });
  });
});

describe("a run that was stopped early", () => {
  const stopped = { requested: 400, both: 100, baselineOnly: 1 };

  test("is judged with what it ran, and nothing that only holds at the end", () => {
    const sequential = policySchema.parse({
      sequential: { method: "always-valid" },
      passRate: 0.5,
    });
    const { verdict, rules } = decide(evidence(stopped, { stopped: { after: 101 } }), sequential);
    expect(verdict).toBe("reject");
    expect(rules.map(({ name, status }) => `${name} ${status}`)).toEqual([
      "enough-evidence pass",
      "regressions fail",
      "non-inferiority undecided",
      "pass-rate undecided",
    ]);
  });

  test("is not adopted by a rule that speaks of all cases", () => {
    const clean = { requested: 400, both: 100 };
    const { verdict } = decide(evidence(clean, { stopped: { after: 100 } }), DEFAULT_POLICY);
    expect(verdict).toBe("inconclusive");
  });
});

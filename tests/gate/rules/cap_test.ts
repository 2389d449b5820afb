import { describe, expect, test } from "vitest";
import type { ClusterEvidence } from "../../../src/gate/evidence.ts";
import type { Cap } from "../../../src/gate/policy.ts";
import { answer, answers, evidence } from "../evidence.ts";

function hard(candidate: number, cap: Cap, judged = 400) {
  const found = evidence({ both: judged }, { hardViolations: { baseline: 1, candidate } });
  return answer("hard-violations", found, { hardViolations: cap });
}

describe("hard violations", () => {
  test("against a number: the cases seen decide", () => {
    expect(hard(2, { cases: 2 }).status).toBe("pass");
    expect(hard(3, { cases: 2 }).status).toBe("fail");
    expect(hard(3, { cases: 2 }).reason).toBe(
      "3 cases break a hard rule of the task; the policy accepts up to 2.",
    );
  });

  test("against a rate: its Wilson interval decides", () => {
    expect(hard(0, { rate: 0.01 }).status).toBe("pass");
    expect(hard(4, { rate: 0.01 }).status).toBe("undecided");
    expect(hard(40, { rate: 0.01 }).status).toBe("fail");
  });

  test("against the rate 0: the cases seen decide, as no interval could", () => {
    expect(hard(0, { rate: 0 }).status).toBe("pass");
    expect(hard(1, { rate: 0 }).status).toBe("fail");
  });

  test("say how many more cases would decide at the rate seen", () => {
    const few = hard(1, { rate: 0.02 }, 100);
    const more = few.figures["moreCases"] ?? 0;
    expect(few.status).toBe("undecided");
    expect(more).toBeGreaterThan(100);
    const factor = (100 + more) / 100;
    expect(hard(Math.round(factor), { rate: 0.02 }, 100 + more).status).toBe("pass");
    expect(hard(4, { rate: 0.01 }, 400).figures["moreCases"]).toBe(null);
  });

  test("of a run without cases, or one that was stopped, never pass", () => {
    expect(hard(0, { cases: 5 }, 0).status).toBe("undecided");
    const stopped = evidence({ both: 50, requested: 400 }, { stopped: { after: 50 } });
    for (const hardViolations of [{ cases: 5 }, { rate: 0.5 }]) {
      expect(answer("hard-violations", stopped, { hardViolations })).toMatchObject({
        status: "undecided",
        figures: { moreCases: 350 },
      });
    }
  });

  test("count clusters, not cases, where cases depend on each other", () => {
    const found = (clusters: ClusterEvidence | null) => evidence({ both: 400 }, { clusters });
    const policy = { hardViolations: { rate: 0.02 } };
    expect(answer("hard-violations", found(null), policy).status).toBe("pass");
    const few = { count: 40, designEffect: 1, size: 10 };
    expect(answer("hard-violations", found(few), policy).status).toBe("undecided");
    // 201 clusters, of which one has half of the cases: most cases are in that one.
    const uneven = { count: 201, designEffect: 1, size: (200 * 200 + 200) / 400 };
    expect(answer("hard-violations", found(uneven), policy).status).toBe("undecided");
  });

  test("of a rate never reject a run before its end, where no interval is valid; a number does", () => {
    const stopped = { stopped: { after: 50 }, hardViolations: { baseline: 0, candidate: 40 } };
    const found = evidence({ both: 10, baselineOnly: 40, requested: 400 }, stopped);
    const rate = answer("hard-violations", found, { hardViolations: { rate: 0.5 } });
    expect(rate).toMatchObject({ status: "undecided", figures: { moreCases: 350 } });
    const number = answer("hard-violations", found, { hardViolations: { cases: 39 } });
    expect(number.status).toBe("fail");
  });
});

describe("stability", () => {
  test("is looked at where the policy says so", () => {
    const found = evidence({ both: 100 }, { unstable: { baseline: 0, candidate: 50 } });
    expect(answers("stability", found)).toEqual([]);
    expect(answer("stability", found, { unstable: { rate: 0.1 } }).status).toBe("fail");
    expect(answer("stability", found, { unstable: { cases: 50 } }).status).toBe("pass");
    expect(answer("stability", found, { unstable: { rate: 0.5 } }).status).toBe("undecided");
  });

  test("is unknown where each case ran once", () => {
    const once = answer("stability", evidence({ both: 100 }), { unstable: { cases: 0 } });
    expect(once).toMatchObject({ status: "undecided", figures: { moreCases: null } });
    expect(once.reason).toContain("--stability");
  });
});

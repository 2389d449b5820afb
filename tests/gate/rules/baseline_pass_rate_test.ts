import { describe, expect, test } from "vitest";
import { PRESETS } from "../../../src/gate/presets.ts";
import { decide } from "../../../src/gate/verdict.ts";
import { evidence, policy } from "../evidence.ts";

/** A candidate that is never worse, beside a baseline that passes few cases. */
const WEAK_BASELINE = { both: 6, baselineOnly: 0, candidateOnly: 0, neither: 94 };

describe("a baseline that fails most cases", () => {
  test("adopts nothing: the task or the baseline is at fault", () => {
    const { verdict, reason } = decide(evidence(WEAK_BASELINE), policy());
    expect(verdict).toBe("inconclusive");
    expect(reason).toMatch(/^The baseline passes only 6 of 100 cases, and the policy wants 50 %/);
    const improved = { both: 43, baselineOnly: 0, candidateOnly: 305, neither: 52 };
    expect(decide(evidence(improved), policy()).verdict).toBe("inconclusive");
  });

  test("still rejects what is worse", () => {
    expect(decide(evidence({ ...WEAK_BASELINE, baselineOnly: 1 }), policy()).verdict).toBe(
      "reject",
    );
  });

  test("is enough from the share on that the policy names", () => {
    const half = { both: 50, baselineOnly: 0, candidateOnly: 0, neither: 50 };
    expect(decide(evidence(half), policy()).verdict).toBe("adopt");
    expect(decide(evidence(half), policy({ baselinePassRate: 0.51 })).verdict).toBe("inconclusive");
    expect(decide(evidence(WEAK_BASELINE), policy({ baselinePassRate: 0 })).verdict).toBe("adopt");
  });

  test("is what a superior candidate may be better than", () => {
    const superiority = PRESETS["superiority"]?.policy;
    if (superiority === undefined) throw new Error("there is no such preset");
    const better = { both: 10, baselineOnly: 0, candidateOnly: 60, neither: 30 };
    expect(decide(evidence(better), superiority).verdict).toBe("adopt");
  });
});

import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../../src/gate/policy.ts";
import { policySchema, policySchemaOver } from "../../src/gate/policy_schema.ts";
import { PRESETS } from "../../src/gate/presets.ts";

describe("a policy from outside", () => {
  test("takes defaults for what it leaves out", () => {
    expect(policySchema.parse(undefined)).toEqual(DEFAULT_POLICY);
    expect(policySchema.parse({ difference: { margin: 0.05 } })).toEqual({
      ...DEFAULT_POLICY,
      difference: { kind: "noninferiority", margin: 0.05 },
    });
  });

  test("takes the rest from the policy that it changes", () => {
    for (const { policy } of Object.values(PRESETS)) {
      expect(policySchemaOver(policy).parse({})).toEqual(policy);
      expect(policySchemaOver(policy).parse({ minimumCases: 77 })).toEqual({
        ...policy,
        minimumCases: 77,
      });
    }
  });

  test("judges a metric's gap only, where nothing else is asked of it", () => {
    const { metrics } = policySchema.parse({
      metrics: { gap: { maxGap: 0.1 }, both: { maxGap: 0.1, margin: 2 }, all: {} },
    });
    expect(metrics).toEqual({
      gap: { kind: "reported", margin: 0, maxGap: 0.1 },
      both: { kind: "noninferiority", margin: 2, maxGap: 0.1 },
      all: { kind: "noninferiority", margin: 0, maxGap: null },
    });
  });

  test.each([
    { difference: { margin: -0.1 } },
    { difference: { margin: 1 } },
    { difference: { margin: NaN } },
    { difference: { margin: "0" } },
    { difference: { kind: "equivalence" } },
    { confidence: 1 },
    { confidence: 0.4 },
    { minimumCases: 0 },
    { minimumCases: 1.5 },
    { regressions: -1 },
    { regressions: "no" },
    { hardViolations: 3 },
    { hardViolations: {} },
    { hardViolations: { cases: 1, rate: 0.1 } },
    { unstable: { rate: 1.1 } },
    { passRate: 2 },
    { metrics: { a: { margin: -1 } } },
    { metrics: { a: { maxgap: 1 } } },
    { cost: { fuel: 0 } },
    { relations: { method: "bonferroni" } },
    { relations: { alpha: 0 } },
    { monitors: { rejectAt: "bad" } },
    { sequential: { method: "peeking" } },
    { sequential: { method: "always-valid", looks: 3 } },
    { sequential: { method: "pocock" } },
    { sequential: { method: "pocock", looks: 1 } },
    { margn: 0.1 },
    null,
    [],
  ])("is refused where it is wrong: %o", (policy) => {
    expect(policySchema.safeParse(policy).success).toBe(false);
  });
});

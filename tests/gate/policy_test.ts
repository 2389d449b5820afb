import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY, policySchema } from "../../src/gate/policy.ts";

describe("a policy from outside", () => {
  test("takes defaults for what it leaves out", () => {
    expect(policySchema.parse(undefined)).toEqual(DEFAULT_POLICY);
    expect(policySchema.parse({ margin: 0.05 })).toEqual({ ...DEFAULT_POLICY, margin: 0.05 });
  });

  test.each([
    { margin: -0.1 },
    { margin: 1 },
    { margin: NaN },
    { margin: "0" },
    { minimumCases: 0 },
    { minimumCases: 1.5 },
    { noRegression: "no" },
    { margn: 0.1 },
    null,
    [],
  ])("is refused where it is wrong: %o", (policy) => {
    expect(policySchema.safeParse(policy).success).toBe(false);
  });
});

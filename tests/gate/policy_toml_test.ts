import { describe, expect, test } from "vitest";
import { CupelError } from "../../src/errors.ts";
import { DEFAULT_POLICY } from "../../src/gate/policy.ts";
import { policySchema } from "../../src/gate/policy_schema.ts";
import { parsePolicyToml } from "../../src/gate/policy_toml.ts";
import { PRESETS } from "../../src/gate/presets.ts";

const parse = (text: string) => parsePolicyToml("policy.toml", text);

describe("a policy from TOML", () => {
  test("is the default one where it says nothing", () => {
    expect(parse("")).toEqual(DEFAULT_POLICY);
  });

  test("can start from a preset, and take its limits away", () => {
    expect(parse('preset = "moderate:margin=0.03"\nrelations = "off"\nminimumCases = 20')).toEqual({
      ...PRESETS["moderate"]?.policy,
      difference: { kind: "noninferiority", margin: 0.03 },
      relations: null,
      minimumCases: 20,
    });
  });

  test("reaches every field", () => {
    const text = `
      confidence = 0.9
      minimumCases = 20
      baselinePassRate = 0.8
      regressions = "off"
      hardViolations = { rate = 0.01 }
      passRate = 0.95
      unstable = { cases = 2 }
      difference = { kind = "superiority", margin = 0.1 }
      cost = { fuel = 1.1, memory = 2 }
      relations = { method = "bh", alpha = 0.1 }
      monitors = { rejectAt = "warning" }
      sequential = { method = "pocock", looks = 4 }
      otherMetrics = { margin = 1.5 }
      [metrics."waiting time"]
      kind = "superiority"
      margin = 2
      maxGap = 3`;
    const policy = parse(text);
    expect(policy).toMatchObject({
      regressions: null,
      hardViolations: { rate: 0.01 },
      metrics: { "waiting time": { kind: "superiority", margin: 2, maxGap: 3 } },
      sequential: { method: "pocock", looks: 4 },
    });
    const unchanged = Object.entries(DEFAULT_POLICY)
      .filter(([key, value]) => JSON.stringify(value) === JSON.stringify(Reflect.get(policy, key)));
    expect(unchanged).toEqual([]);
    expect(policySchema.parse(policy)).toEqual(policy);
  });

  test.each([
    ["regressions = ", "Cannot read policy.toml:1:15: invalid value"],
    ["a = 1\na = 2", /^Cannot read policy.toml:2:\d+: /],
    ["minimumCase = 3", /minimumCase is no key of a policy; did you mean "minimumCases"\?$/],
    ["colour = 3", /colour is no key of a policy; accepted are preset, confidence, /],
    ["cost = { feul = 1 }", /cost.feul is no key of a policy; did you mean "fuel"\?$/],
    ["[metrics.a]\nmaxgap = 1", /metrics.a.maxgap is no key .* did you mean "maxGap"\?$/],
    [
      "regressions = -1",
      "Cannot use policy.toml: regressions as it must be at least 0: current value is -1",
    ],
    ["regressions = 1.5", /regressions as it must be a whole number: current value is 1.5$/],
    ["confidence = nan", /confidence as it must be a number: current value is NaN$/],
    ["confidence = 1979-05-27", /confidence as it must be a number/],
    ["difference = 1", /difference as it must be a table: current value is 1$/],
    ['difference = { kind = "better" }', /difference.kind as it must be one of "noninf.*"better"$/],
    ["hardViolations = 3", /hardViolations as it must be a table with either cases .* value is 3$/],
    ["hardViolations = { rate = 2 }", /hardViolations.rate as it must be at most 1: .* is 2$/],
    ['sequential = { method = "peek" }', /sequential.method as it must be one of "always-valid"/],
    ['sequential = { method = "pocock" }', /sequential.looks as it must be .* is nothing$/],
    ["preset = 3", /preset as it must be text: current value is 3$/],
    [`metrics.${"b.".repeat(20_000)}margin = 1`, /policy.toml as its tables must be at most 20 in/],
    [`a = ${"[".repeat(30)}${"]".repeat(30)}`, /policy.toml as its tables must be at most 20 in/],
    ['preset = "moderat"', /policy.toml: preset .* did you mean "moderate"\?$/],
  ])("%j is refused with file, field and what is accepted", (text, message) => {
    expect(() => parse(text)).toThrow(message);
    expect(() => parse(text)).toThrow(CupelError);
  });
});

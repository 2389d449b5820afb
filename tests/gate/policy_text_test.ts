import { describe, expect, test } from "vitest";
import { CupelError } from "../../src/errors.ts";
import { parsePolicyText } from "../../src/gate/policy_text.ts";
import { PRESETS } from "../../src/gate/presets.ts";

describe("a policy by name", () => {
  test.each(Object.keys(PRESETS))("%s is the preset", (name) => {
    expect(parsePolicyText("--policy", name)).toEqual(PRESETS[name]?.policy);
  });

  test("takes parameters after a colon", () => {
    expect(parsePolicyText("--policy", "noninferiority:margin=0.02,confidence=0.99")).toMatchObject(
      {
        confidence: 0.99,
        regressions: null,
        difference: { kind: "noninferiority", margin: 0.02 },
      },
    );
    const text =
      "strict:regressions=off,hardViolations=2%,unstable=5,fuel=1.5,memory=2,passRate=90%";
    expect(parsePolicyText("--policy", text)).toMatchObject({
      regressions: null,
      hardViolations: { rate: 0.02 },
      unstable: { cases: 5 },
      cost: { fuel: 1.5, memory: 2 },
      passRate: 0.9,
      relations: { method: "holm", alpha: 0.05 },
    });
  });

  test.each([
    ["strickt", /must be a preset \(default, .*"strickt"; did you mean "strict"\?$/],
    ["", /must be a preset .* current value is ""$/],
    ["constructor", /must be a preset/],
    ["strict:", /"" is no parameter of a policy; accepted are margin, /],
    ["strict:margn=1", /"margn" is no parameter of a policy; did you mean "margin"\?$/],
    ["strict:margin", /the parameter margin must be a number .* current value is nothing$/],
    ["strict:margin=", /current value is ""$/],
    ["strict:margin=-1", /current value is "-1"$/],
    ["strict:margin=off", /a number such as 0.01 or 1%: current value is "off"$/],
    ["strict:fuel=fast", /a number such as 0.01 or 1%, or off: current value is "fast"$/],
    ["strict:margin=2", /difference.margin as it must be at most 1: current value is 2$/],
    ["strict:hardViolations=1.5", /hardViolations.cases as it must be a whole number/],
    ["strict:margin=0.1,margin=0.2", /the parameter margin is given twice$/],
  ])("%j is refused with what is accepted", (text, message) => {
    expect(() => parsePolicyText("--policy", text)).toThrow(CupelError);
    expect(() => parsePolicyText("--policy", text)).toThrow(message);
    expect(() => parsePolicyText("--policy", text)).toThrow(/^Cannot use --policy/);
  });
});

import { describe, expect, test } from "vitest";
import { CupelError } from "../../../src/errors.ts";
import { parsePolicyText } from "../../../src/gate/policy_text.ts";
import { chances } from "../../../src/gate/power/chances.ts";
import { adoptedFrom, planCases, rejectedFrom } from "../../../src/gate/power/plan.ts";
import { binomialCdf } from "../../../src/stats/special/binomial.ts";
import { wilsonInterval } from "../../../src/stats/wilson.ts";
import { assertTruth, bothShare, type Truth } from "../../../src/gate/power/truth.ts";

const preset = (text: string) => parsePolicyText("--policy", text);
const truth = (rest: Partial<Truth> = {}): Truth => ({
  regressions: 0,
  improvements: 0,
  passRate: 1 - (rest.improvements ?? 0),
  ...rest,
});

describe("the number of cases", () => {
  test("of an equal candidate is where the interval first lies within the margin", () => {
    expect(planCases(preset("noninferiority:margin=0.01"), truth(), 0.9)).toEqual({
      goal: "adopt",
      n: 381,
    });
    expect(planCases(preset("default"), truth(), 0.9)).toEqual({ goal: "adopt", n: 10 });
  });

  test("of a bad candidate is where it is found", () => {
    // 1 - 0.99^n is 0.9 from n = 230 on.
    expect(planCases(preset("default"), truth({ regressions: 0.01 }), 0.9)).toEqual({
      goal: "reject",
      n: 230,
    });
  });

  test("has the power asked for, by the chances of the same rule", () => {
    const policy = preset("moderate");
    const assumed = truth({ regressions: 0.01, improvements: 0.01 });
    const n = planCases(policy, assumed, 0.8)?.n ?? 0;
    expect(chances(policy, n, assumed, 1).adopt).toBeGreaterThanOrEqual(0.8);
    expect(chances(policy, n - 1, assumed, 1).adopt).toBeLessThan(0.8);
  });

  test("is none where the truth lies on the policy's limit", () => {
    expect(planCases(preset("superiority"), truth(), 0.9)).toBe(null);
    const onTheMargin = truth({ regressions: 0.01 });
    expect(planCases(preset("noninferiority:margin=0.01"), onTheMargin, 0.9)).toBe(null);
  });

  test("is one for sequential policies too, whose runs decide no later", () => {
    const policy = preset("llm");
    const plan = planCases(policy, truth(), 0.9);
    expect(plan).toMatchObject({ goal: "adopt" });
    expect(chances(policy, plan?.n ?? 0, truth(), 1).adopt).toBe(1);
  });
});

describe("the chances of a run", () => {
  test("add up to 1", () => {
    const assumed = truth({ regressions: 0.01, improvements: 0.005 });
    for (const name of ["default", "moderate", "superiority", "llm"]) {
      const { adopt, reject, inconclusive } = chances(preset(name), 80, assumed, 7);
      expect(adopt + reject + inconclusive).toBeCloseTo(1, 9);
    }
  });

  test("are those of not one regression under the default policy", () => {
    const { adopt, reject } = chances(preset("default"), 100, truth({ regressions: 0.02 }), 1);
    expect(reject).toBeCloseTo(0.8673804, 6); // 1 - 0.98^100
    expect(adopt).toBeCloseTo(0.1326196, 6);
  });

  test("look at the baseline's pass rate where the policy has a least one", () => {
    const policy = preset("lenient:passRate=0.9");
    expect(chances(policy, 400, truth(), 1).adopt).toBeCloseTo(1, 9);
    expect(chances(policy, 400, truth({ passRate: 0.5 }), 1).reject).toBeCloseTo(1, 9);
  });

  test("of a sequential run come with its number of cases, the same each time", () => {
    const assumed = truth({ regressions: 0.3 });
    const first = chances(preset("llm"), 120, assumed, 3);
    expect(first).toEqual(chances(preset("llm"), 120, assumed, 3));
    expect(first.reject).toBeGreaterThan(0.99);
    expect(first.cases?.mean).toBeLessThan(80);
    expect(chances(preset("moderate"), 120, assumed, 3).cases).toBe(null);
  });
});

describe("what a run can show", () => {
  test("of regressions: the least rate that is rejected", () => {
    const found = rejectedFrom(preset("default"), 230, truth(), 0.9) ?? NaN;
    expect(found).toBeCloseTo(1 - 0.1 ** (1 / 230), 6);
    expect(rejectedFrom(preset("lenient"), 1, truth(), 0.9)).toBe(null);
  });

  test("of a candidate that disagrees: the least difference that is adopted", () => {
    const assumed = truth({ regressions: 0.005, improvements: 0.015 });
    const found = adoptedFrom(preset("superiority"), 2000, assumed, 0.9) ?? NaN;
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(0.01);
    expect(adoptedFrom(preset("superiority"), 2000, truth(), 0.9)).toBe(null);
  });
});

test("the chances of a pass rate follow how many cases pass, in every way of planning", () => {
  const fixed = parsePolicyText("--policy", "noninferiority:margin=0.05,passRate=0.9");
  const assumed = truth({ passRate: 0.94 });
  // Independent of the planner: passes that Wilson's interval asks for, and the binomial's tail.
  let least = 300;
  while (wilsonInterval(least - 1, 300).low >= 0.9) least--;
  const expected = 1 - binomialCdf(least - 1, 300, 0.94);
  expect(expected).toBeGreaterThan(0.6);
  expect(expected).toBeLessThan(0.9);
  expect(Math.abs(chances(fixed, 300, assumed, 1).adopt - expected)).toBeLessThan(0.02);
  const sequential = { ...fixed, sequential: { method: "obrien-fleming", looks: 5 } } as const;
  expect(Math.abs(chances(sequential, 300, assumed, 1).adopt - expected)).toBeLessThan(0.05);
});

describe("the truth assumed", () => {
  test("has to be possible", () => {
    expect(() => assertTruth(truth({ regressions: 0.6, passRate: 0.5 }))).toThrow(CupelError);
    expect(() => assertTruth(truth({ improvements: 0.6, passRate: 0.5 }))).toThrow(
      /at most the share that the baseline fails \(50 %\): current value is 60 %/,
    );
    expect(() => assertTruth(truth({ improvements: 0.1, passRate: 0.9 }))).not.toThrow();
  });

  test("gives the share of the agreeing cases that pass", () => {
    expect(bothShare(truth())).toBe(1);
    expect(bothShare({ regressions: 0.1, improvements: 0.1, passRate: 0.5 })).toBeCloseTo(0.5, 12);
    expect(bothShare({ regressions: 1, improvements: 0, passRate: 1 })).toBe(1);
  });
});

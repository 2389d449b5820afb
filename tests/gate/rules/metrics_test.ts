import { describe, expect, test } from "vitest";
import type { MetricEvidence } from "../../../src/gate/evidence.ts";
import type { MetricRequirement } from "../../../src/gate/policy.ts";
import { answer, answers, estimate, evidence, metric, UNKNOWN } from "../evidence.ts";

function judge(found: Partial<MetricEvidence>, asked: Partial<MetricRequirement>) {
  const run = evidence({ both: 200 }, { metrics: [metric(found)] });
  return answer("metric", run, { metrics: { excess: asked } });
}

const status = (...args: Parameters<typeof judge>) => judge(...args).status;

describe("a metric's difference", () => {
  test("is judged in the direction in which the task says it is better", () => {
    const difference = estimate(1, 2, 3);
    expect(status({ difference }, { margin: 0.5 })).toBe("fail");
    expect(status({ difference, direction: "higher" }, { margin: 0.5 })).toBe("pass");
    expect(status({ difference }, { margin: 2 })).toBe("undecided");
    expect(status({ difference }, { margin: 3.5 })).toBe("pass");
  });

  test("for superiority has to lie beyond the margin", () => {
    const difference = estimate(-3, -2, -1);
    const kind = "superiority";
    expect(status({ difference }, { kind })).toBe("pass");
    expect(status({ difference }, { kind, margin: 1.5 })).toBe("undecided");
    expect(status({ difference }, { kind, margin: 4 })).toBe("fail");
    expect(status({ difference: estimate(0, 0, 0) }, { kind })).toBe("undecided");
  });

  test("of none in any case passes at margin 0", () => {
    expect(status({ difference: estimate(0, 0, 0) }, {})).toBe("pass");
    expect(status({ difference: estimate(-1, 0, 1) }, {})).toBe("undecided");
  });

  test("never passes where it is unknown, partly missing, or seen in too few cases", () => {
    const margin = 5;
    expect(status({}, { margin })).toBe("pass");
    expect(status({ difference: UNKNOWN }, { margin })).toBe("undecided");
    expect(status({ difference: { ...estimate(0, 0, 0), low: null } }, { margin })).toBe(
      "undecided",
    );
    expect(status({ cases: 0 }, { margin })).toBe("undecided");
    expect(status({ missing: 1 }, { margin })).toBe("undecided");
    expect(judge({ cases: 9 }, { margin })).toMatchObject({
      status: "undecided",
      // One more case with a value takes 23 cases of the run, at 9 in 200.
      figures: { moreCases: 23 },
    });
  });

  test("fails on what is seen, whatever is missing", () => {
    expect(status({ missing: 50, difference: estimate(1, 2, 3) }, {})).toBe("fail");
  });

  test("says how many more cases of the run would decide", () => {
    // Half the width is needed: four times the cases, of which half have a value.
    const found = judge({ difference: estimate(-1, 0, 1) }, { margin: 0.5 });
    expect(found.figures["moreCases"]).toBe(600);
    const sum = judge({ kind: "sum", difference: estimate(-1, 0, 1) }, { margin: 0.5 });
    expect(sum.figures["moreCases"]).toBe(null);
  });
});

describe("a metric's gap between groups", () => {
  const gap = (low: number, middle: number, high: number) => ({
    gap: { baseline: estimate(0, 0, 0), candidate: estimate(low, middle, high) },
  });
  const judgeGap = (found: Partial<MetricEvidence>) => {
    const run = evidence({ both: 200 }, { metrics: [metric(found)] });
    return answer("metric-gap", run, { metrics: { excess: { maxGap: 0.1 } } });
  };

  test("is judged by its interval", () => {
    expect(judgeGap(gap(0, 0.02, 0.05)).status).toBe("pass");
    expect(judgeGap(gap(0, 0.05, 0.15))).toMatchObject({
      status: "undecided",
      figures: { moreCases: 600 },
    });
    expect(judgeGap(gap(0.2, 0.3, 0.4)).status).toBe("fail");
  });

  test("never passes without groups, bounds, or values", () => {
    expect(judgeGap({ gap: null }).status).toBe("undecided");
    expect(judgeGap({ gap: { baseline: UNKNOWN, candidate: UNKNOWN } }).status).toBe("undecided");
    expect(judgeGap({ ...gap(0, 0, 0), missing: 1 }).status).toBe("undecided");
    expect(judgeGap({ ...gap(0, 0, 0), cases: 3 }).status).toBe("undecided");
  });
});

describe("which metrics are judged", () => {
  const run = evidence({ both: 200 }, { metrics: [metric(), metric({ name: "constructor" })] });

  test("none by default", () => {
    expect(answers("metric", run)).toEqual([]);
  });

  test("those that the policy names, and the others where it says so", () => {
    expect(answers("metric", run, { metrics: { excess: {} } })).toHaveLength(1);
    expect(answers("metric", run, { otherMetrics: { margin: 2 } })).toHaveLength(2);
  });

  test("one that the task has not is undecided and named", () => {
    const found = answer("metric", run, { metrics: { exces: {} } });
    expect(found.status).toBe("undecided");
    expect(found.reason).toBe(
      'The policy names the metric "exces", which the task has not (it has "excess", ' +
        '"constructor").',
    );
  });
});

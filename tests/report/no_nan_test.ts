import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ArmResult, CaseResult } from "../../src/evaluate/case_result.ts";
import type { TaskDescription } from "../../src/evaluate/task_description.ts";
import { policySchema } from "../../src/gate/policy_schema.ts";
import { PRESETS } from "../../src/gate/presets.ts";
import { reportJson } from "../../src/report/json.ts";
import type { Report } from "../../src/report/report.ts";
import { reportText } from "../../src/report/text.ts";
import { armResult, broken, judged } from "../evaluate/case_results.ts";
import { metric, relation, taskDescription } from "../evaluate/task_descriptions.ts";
import { reportOf } from "./reports.ts";

/** Where a report promises a number, by the last key of the path to it. */
const NUMBERS = new Set([
  "n",
  "seed",
  "requested",
  "done",
  "judged",
  "invalid",
  "passed",
  "total",
  "calls",
  "memoryBytes",
  "wallMs",
  "regressions",
  "improvements",
  "both",
  "baselineOnly",
  "candidateOnly",
  "neither",
  "count",
  "designEffect",
  "cases",
  "missing",
  "checked",
  "failed",
  "weight",
  "judgements",
  "outputs",
  "index",
  "violationsDropped",
  "groupsDropped",
  "confidence",
  "minimumCases",
]);

/** Keys that are numbers in one place and something else in another. */
const ELSEWHERE =
  /^(gate\.rules\.\d+\.figures|gate\.policy|cases$|run\.limits|groups\.\d+\.passed$)/;

/** Walks plain data: what is no finite number, or `null` where a number is promised. */
function faults(value: unknown, path: string[] = []): string[] {
  if (typeof value === "number" && !Number.isFinite(value)) return [`${path.join(".")} = ${value}`];
  if (value === undefined) return [`${path.join(".")} = undefined`];
  const key = path.at(-1) ?? "";
  if (value === null) {
    return NUMBERS.has(key) && !ELSEWHERE.test(path.join(".")) ? [`${path.join(".")} = null`] : [];
  }
  if (typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, item]) => faults(item, [...path, name]));
}

/** Intervals have both bounds or neither, in order, and an estimate where they have bounds. */
function estimateFaults({ cost, metrics, arms, difference }: Report): string[] {
  const estimates = [
    cost.fuel,
    cost.memory,
    ...metrics.flatMap(({ difference, gap }) =>
      gap === null ? [difference] : [difference, gap.baseline, gap.candidate]
    ),
  ];
  const wrong = estimates.filter(({ low, high }) =>
    (low === null) !== (high === null) || (low !== null && high !== null && low > high)
  );
  const bounded = [...Object.values(arms), difference].filter(({ low, high }) => !(low <= high));
  return [...wrong, ...bounded].map((estimate) => JSON.stringify(estimate));
}

const METRICS = [
  metric("bca", { interval: "bca" }),
  metric("percentile", { kind: "sum", direction: "lower" }),
  metric("basic", { interval: "basic" }),
  metric("t", { interval: "t", kind: "sum" }),
];

const anyNumber = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 2, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: fc.constantFrom(-0, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324) },
);
const anyMetric = fc.option(anyNumber, { freq: 4 });
const anyViolation = fc.constantFrom(
  broken("sorted"),
  { kind: "relation" as const, name: "permute", message: "no" },
  { kind: "failure" as const, name: "fuel", message: "ran out" },
);

const anyArm: fc.Arbitrary<ArmResult> = fc.record({
  violations: fc.array(anyViolation, { maxLength: 2 }),
  warnings: fc.array(fc.constant(broken("soft")), { maxLength: 1 }),
  checked: fc.subarray(["permute", "append"]),
  metrics: fc.tuple(...METRICS.map(() => anyMetric)),
  fuel: fc.oneof(fc.nat(), fc.constantFrom(0, Number.MAX_SAFE_INTEGER)),
  memoryBytes: fc.nat(),
  calls: fc.nat({ max: 3 }),
  unstable: fc.constantFrom(undefined, "judgement" as const, "output" as const),
}).map(({ violations, fuel, memoryBytes, unstable, ...rest }) =>
  armResult(violations, {
    ...rest,
    usage: { fuel, memoryBytes, wallMs: 1 },
    ...(unstable === undefined ? {} : { unstable }),
  })
);

interface Generated {
  baseline: ArmResult;
  candidate: ArmResult;
  cluster: string;
  group: string;
  isValid: boolean;
}

const anyCase: fc.Arbitrary<Generated> = fc.record({
  baseline: anyArm,
  candidate: anyArm,
  cluster: fc.constantFrom("a", "b", "c"),
  group: fc.constantFrom("x", "y", "z"),
  isValid: fc.constantFrom(true, true, true, true, false),
});

function caseOf(
  { baseline, candidate, cluster, group, isValid }: Generated,
  index: number,
  { clusters, groups }: TaskDescription,
): CaseResult {
  if (!isValid) return { index, valid: false, error: { kind: "crash", message: "gone" } };
  return {
    ...judged(index, baseline, candidate),
    ...(clusters ? { cluster } : {}),
    ...(groups ? { group } : {}),
  };
}

const policies = [
  policySchema.parse({}),
  ...Object.values(PRESETS).map(({ policy }) => policy),
  policySchema.parse({ sequential: { method: "pocock", looks: 3 }, confidence: 0.9999 }),
  policySchema.parse({
    sequential: { method: "always-valid" },
    otherMetrics: { margin: 0.1, maxGap: 0.2 },
    relations: { method: "holm" },
    unstable: { rate: 0.1 },
    cost: { fuel: 1.1, memory: 1.2 },
    passRate: 0.9,
    hardViolations: { rate: 0.1 },
  }),
];

describe("a report", () => {
  test("never holds what is no number where a number is promised, whatever the cases are", async () => {
    const given = fc.record({
      cases: fc.array(anyCase, { maxLength: 25 }),
      clusters: fc.boolean(),
      groups: fc.boolean(),
      repetitions: fc.constantFrom(1, 3),
      policy: fc.constantFrom(...policies),
      missing: fc.nat({ max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(given, async ({ cases, clusters, groups, repetitions, policy, missing }) => {
        const task = taskDescription({
          clusters,
          groups,
          metrics: METRICS,
          relations: [relation("permute", { weight: 0.5 }), relation("append")],
        });
        const report = await reportOf(
          cases.map((generated, index) => caseOf(generated, index, task)),
          { task, repetitions, policy, n: cases.length + missing, stopped: missing > 0 },
        );
        expect(faults(report)).toEqual([]);
        expect(estimateFaults(report)).toEqual([]);
        expect(JSON.parse(reportJson(report))).toEqual(report);
        const text = reportText(report, {
          colour: false,
          replay: ({ index }) => `cupel replay r.json --case ${index}`,
        });
        expect(text).not.toMatch(/NaN|Infinity|undefined/);
      }),
      { numRuns: 120, seed: 11 },
    );
  });
});

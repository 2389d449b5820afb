import { describe, expect, test } from "vitest";
import type { Value } from "../../sandbox/values/value.ts";
import { digest } from "../../src/evaluate/digest.ts";
import type { CaseResult } from "../../src/evaluate/case_result.ts";
import { reportJson } from "../../src/report/json.ts";
import type { Report } from "../../src/report/report.ts";
import { reportText } from "../../src/report/text.ts";
import { armResult, broken, judged } from "../evaluate/case_results.ts";
import { relation, taskDescription } from "../evaluate/task_descriptions.ts";
import { reportOf } from "./reports.ts";

const HOSTILE = "\u001b[2J\u009b31m\u202eevil\r\n";

const task = taskDescription({ relations: [relation("permute"), relation("append")] });

function report(cases: CaseResult[], n = cases.length, wallMs = 12.5): Promise<Report> {
  return reportOf(cases, { task, n, wallMs });
}

function passing(count: number): CaseResult[] {
  return Array.from({ length: count }, (_, index) => judged(index, armResult(), armResult()));
}

function failing(input: Value, message = "does not hold"): CaseResult[] {
  return [...passing(10), judged(10, armResult(), armResult([broken("sorted", message)]), input)];
}

describe("a report's JSON", () => {
  test("has everything that the gate and a reader need, in a fixed order", async () => {
    const json = reportJson(await report(failing([[3, 1], 2])));
    expect(Object.keys(JSON.parse(json))).toEqual([
      "schemaVersion",
      "cupelVersion",
      "verdict",
      "reason",
      "run",
      "cases",
      "arms",
      "difference",
      "cost",
      "metrics",
      "groups",
      "groupsDropped",
      "relations",
      "relationScore",
      "unstable",
      "violations",
      "violationsDropped",
      "gate",
      "wallMs",
      "sources",
    ]);
    expect(JSON.parse(json)).toMatchObject({
      verdict: "reject",
      run: {
        n: 11,
        seed: 42,
        artifacts: { candidate: { name: "heap.ts", sha256: digest("heap.ts") } },
      },
      arms: {
        baseline: { passed: 11, total: 11, rate: 1, low: expect.any(Number), high: 1 },
        candidate: { passed: 10, total: 11, fuel: { total: 11_000, mean: 11_000 / 33 } },
      },
      difference: { method: "tango-1998", regressions: 1, firstRegression: 10 },
      relations: [
        {
          name: "permute",
          baseline: { checked: 11, failed: 0 },
          candidate: { checked: 11, failed: 0 },
        },
        { name: "append" },
      ],
      violations: [{
        arm: "candidate",
        name: "sorted",
        smallest: { index: 10, text: "topK([3, 1], 2)", input: [[3, 1], 2] },
      }],
    });
    expect(json.endsWith("}\n")).toBe(true);
  });

  test("orders limits the same way whoever made them", async () => {
    expect(Object.keys((await report(passing(1))).run.limits)).toEqual([
      "memoryBytes",
      "fuel",
      "deadlineMs",
      "outputBytes",
      "stackBytes",
    ]);
  });

  test("is the same to the byte apart from the values of wallMs", async () => {
    const slow = failing([[3, 1], 2]).map((result): CaseResult => {
      if (!result.valid) return result;
      const usage = { fuel: 1000, memoryBytes: 4096, wallMs: 99.875 };
      const { baseline, candidate } = result.arms;
      return {
        ...result,
        arms: { baseline: { ...baseline, usage }, candidate: { ...candidate, usage } },
      };
    });
    const withoutTimes = (json: string) => json.replace(/("wallMs": )[\d.]+/g, "$10");
    const first = reportJson(await report(failing([[3, 1], 2])));
    const second = reportJson(await report(slow, slow.length, 9876.5));
    expect(second).not.toBe(first);
    expect(withoutTimes(second)).toBe(withoutTimes(first));
  });

  test("shows values that JSON lacks, readably and as tags", async () => {
    const { violations } = JSON.parse(reportJson(await report(failing([NaN, -0, undefined, 12n]))));
    expect(violations[0].smallest.text).toBe("topK(NaN, -0, undefined, 12n)");
    expect(violations[0].smallest.input).toEqual([
      { $: "number", v: "NaN" },
      { $: "number", v: "-0" },
      { $: "undefined" },
      { $: "bigint", v: "12" },
    ]);
  });

  test("says so where an input was too large to keep", async () => {
    const [large] = failing([1]).slice(-1);
    if (!large?.valid) throw new Error("the case is valid");
    const { input: _, ...rest } = large;
    const json = reportJson(await report([...passing(10), { ...rest, inputSize: 70_000 }]));
    const { smallest } = JSON.parse(json).violations[0];
    expect(smallest).not.toHaveProperty("input");
    expect(smallest.text).toContain("70000 characters");
  });

  test("says null and not NaN where there is nothing to count", async () => {
    const invalid: CaseResult = { index: 0, valid: false, error: { kind: "load", message: "no" } };
    for (const cases of [[], [invalid]]) {
      const json = reportJson(await report(cases, 1));
      expect(JSON.parse(json)).toMatchObject({
        verdict: "error",
        arms: { baseline: { rate: null, low: 0, high: 1, fuel: { total: 0, mean: null } } },
        difference: { estimate: null, low: -1, high: 1 },
        cost: {
          fuel: { estimate: null, low: null, high: null },
          memory: { estimate: null, low: null, high: null },
        },
        relationScore: { baseline: null, candidate: null },
      });
      expect(json).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  test("cannot drive a terminal", async () => {
    expect(reportJson(await report(failing([HOSTILE], HOSTILE)))).toMatch(/^[\x20-\x7e\n×–…]*$/);
  });
});

describe("a report's text", () => {
  test("tells the whole story of an adoption", async () => {
    expect(reportText(await report(passing(400)), { colour: false })).toBe(`\
top-k  400 cases, seed 42, 12.5 ms

  baseline   baseline.ts  400/400  100.0 %  [99.0, 100.0]  333 fuel a call
  candidate  heap.ts      400/400  100.0 %  [99.0, 100.0]  333 fuel a call

  difference    0.00 points  [-0.95, +0.95], 95 % (Tango)
  regressions             0  passed by the baseline, failed by the candidate
  improvements            0  failed by the baseline, passed by the candidate
  fuel               × 1.00  [1.00, 1.00], candidate over baseline, same cases

relations
  permute  baseline 400/400  candidate 400/400
  append   baseline 400/400  candidate 400/400

  pass      enough-evidence: All 400 cases could be judged.
  pass      regressions: The candidate passes every case that the baseline passes.
  pass      non-inferiority: The pass rate differs by 0.00 points (95 % interval \
[-0.95, +0.95]); no loss is allowed.

adopt  The candidate meets every rule of the policy.
`);
  });

  test("shows a rejection's smallest counterexample as the call it stands for", async () => {
    const text = reportText(await report(failing([[3, 1], 2], "not descending")), {
      colour: false,
    });
    expect(text).toContain(`\
violations
  candidate property sorted in 1 case
    case 10  topK([3, 1], 2)
    not descending
`);
    expect(text).toContain("\nreject  1 case that the baseline passes is failed by the candidate");
  });

  test("has colour only where it is asked for", async () => {
    const one = await report(failing([[3, 1], 2]));
    const plain = reportText(one, { colour: false });
    const coloured = reportText(one, { colour: true });
    expect(plain).not.toContain("\u001b");
    expect(coloured).toContain("\u001b[31m");
    expect(coloured.replaceAll(new RegExp("\u001b\\[\\d+m", "g"), "")).toBe(plain);
  });

  test("cannot drive a terminal, and has no line of a guest's making", async () => {
    const text = reportText(await report(failing([HOSTILE], HOSTILE)), { colour: false });
    expect(text).toMatch(/^[\x20-\x7e\n×–…]*$/);
    expect(text).not.toMatch(/^evil/m);
  });

  test("says how many cases could not be judged and why", async () => {
    const invalid: CaseResult = {
      index: 10,
      valid: false,
      error: { kind: "fuel", message: "the task ran out of fuel" },
    };
    const text = reportText(await report([...passing(10), invalid]), { colour: false });
    expect(text).toContain("11 cases, 10 judged, seed 42");
    expect(text).toContain("case 10: fuel: the task ran out of fuel");
    expect(text).toContain("\ninconclusive  1 case of 11 could not be judged.");
  });
});

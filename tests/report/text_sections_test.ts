import { describe, expect, test } from "vitest";
import type { Value } from "../../sandbox/values/value.ts";
import type { CaseDetail } from "../../src/evaluate/case_detail.ts";
import type { ArmResult, CaseResult, Violation } from "../../src/evaluate/case_result.ts";
import { policySchema } from "../../src/gate/policy_schema.ts";
import { reportJson } from "../../src/report/json.ts";
import type { SmallestCase } from "../../src/report/shrink_violations.ts";
import { reportText } from "../../src/report/text.ts";
import { armResult, broken, judged } from "../evaluate/case_results.ts";
import { metric, property, relation, taskDescription } from "../evaluate/task_descriptions.ts";
import { type ReportChanges, reportOf } from "./reports.ts";

const HOSTILE = "\u001b[2J\u009b31m\u202eevil\r\n";
const SAFE = /^[\x20-\x7e\n×–…→]*$/;

async function text(
  cases: readonly CaseResult[],
  changes: ReportChanges = {},
  replay?: string,
): Promise<string> {
  return reportText(await reportOf(cases, changes), {
    colour: false,
    replay: replay === undefined ? undefined : replayOf(replay),
  });
}

/** A section of a report's text: its heading's line and what follows, up to an empty line. */
function section(whole: string, heading: string): string[] {
  const sections = whole.split("\n\n").map((lines) => lines.split("\n"));
  const found = sections.find(([first]) => first === heading);
  if (found === undefined) throw new Error(`there is no section ${heading} in\n${whole}`);
  return found.slice(1);
}

/** As many passed cases as wanted, each made by a function of its index. */
function passing(count: number, changes: (index: number) => Partial<CaseResult> = () => ({})) {
  return Array.from(
    { length: count },
    (_, index): CaseResult => ({
      ...judged(index, armResult(), armResult()),
      ...changes(index),
    } as CaseResult),
  );
}

/** A violation as it is, shrunk to an input in some tries. */
function smallest(
  violation: Violation,
  input: Value,
  changes: { path?: number[]; ended?: "minimal" | "tries" | "fuel"; breaks?: boolean } = {},
): SmallestCase {
  const { path = [3, 0], ended = "minimal", breaks = true } = changes;
  const arm = (result: ArmResult) => ({
    result,
    calls: [{
      input: { value: input },
      answer: violation.kind === "failure"
        ? { ok: false as const, failure: { kind: "exception" as const, message: "Error: oh" } }
        : { ok: true as const, output: { value: [1] } },
      console: [],
      usage: { fuel: 1, memoryBytes: 1, wallMs: 1 },
    }],
  });
  const detail: CaseDetail = {
    index: 0,
    valid: true,
    path,
    inputDigest: "00",
    input: { value: input },
    arms: { baseline: arm(armResult()), candidate: arm(armResult(breaks ? [violation] : [])) },
  };
  return { shrunk: { index: 0, path, size: 10, tries: 12, ended }, detail };
}

const sorted = broken("sorted", "not descending");

/** What a command line would print for a case. */
function replayOf(command: string) {
  return ({ index }: { index: number }) => `${command} --case ${index}`;
}

describe("a violation in a report's text", () => {
  const cases = [judged(0, armResult(), armResult([sorted]), [[3, 1, 2], 2])];
  const violations = async (shrunk: Record<string, SmallestCase>, replay?: string) =>
    section(await text(cases, { shrunk }, replay), "violations");

  test("comes with what it was shrunk to, the output, and the line that runs it again", async () => {
    const shrunk = { sorted: smallest(sorted, [[0, 0], 2]) };
    expect(await violations(shrunk, "cupel replay report.json")).toEqual([
      "  candidate property sorted in 1 case",
      "    case 0, shrunk in 12 runs  topK([0, 0], 2)  → [1]",
      "    not descending",
      "    cupel replay report.json --case 0",
    ]);
  });

  test("says where a bound ended the shrinking, or nothing smaller was found", async () => {
    expect(await violations({ sorted: smallest(sorted, [1], { ended: "fuel" }) })).toContain(
      "    case 0, shrunk in 12 runs (the fuel allowed ran out)  topK(1)  → [1]",
    );
    expect(await violations({ sorted: smallest(sorted, [1], { path: [], ended: "tries" }) }))
      .toContain("    case 0 (the tries allowed ran out)  topK(1)  → [1]");
    expect(await violations({ sorted: smallest(sorted, [1], { path: [] }) })).toContain(
      "    case 0  topK(1)  → [1]",
    );
  });

  test("says so where it was not broken when it was run once more", async () => {
    const shrunk = { sorted: smallest(sorted, [1], { breaks: false }) };
    expect(await violations(shrunk)).toContain(
      "    not broken when it was run once more: the outcome changes",
    );
  });

  test("shows how a call failed, and where in the arm's file", async () => {
    const stack = "    at solve (a.ts:1:2)\nnot a frame\n    at inner (a.ts:3:4)";
    const failure: Violation = { kind: "failure", name: "exception", message: "Error: oh", stack };
    const failing = [judged(0, armResult(), armResult([failure], { failure: "exception" }), [7])];
    const whole = await text(failing, { shrunk: { exception: smallest(failure, [0]) } });
    expect(section(whole, "violations")).toEqual([
      "  candidate failure exception in 1 case",
      "    case 0, shrunk in 12 runs  topK(0)  → exception: Error: oh",
      "    Error: oh",
      "      at solve (a.ts:1:2)",
      "      at inner (a.ts:3:4)",
    ]);
  });

  test("of a soft property says that it is soft, and what it is for", async () => {
    const task = taskDescription({
      properties: [
        property("sorted"),
        property("short", { severity: "soft", description: "nicer to look at" }),
      ],
    });
    const soft = [judged(0, armResult(), armResult([], { warnings: [broken("short", "long")] }))];
    const whole = await text(soft, { task });
    expect(section(whole, "violations")).toEqual([
      "  candidate soft property short in 1 case",
      "    nicer to look at",
      "    case 0  topK(0)",
      "    long",
    ]);
    expect(whole).toContain("candidate  heap.ts      1/1");
  });

  test("is one of ten that are shown; the rest are counted", async () => {
    const many = Array.from({ length: 15 }, (_, at) => broken(`p${at}`));
    const lines = section(await text([judged(0, armResult(), armResult(many))]), "violations");
    expect(lines.at(-1)).toBe("  … and 5 more, see --json");
    expect(lines.filter((line) => line.startsWith("  candidate"))).toHaveLength(10);
  });
});

describe("a section of a report's text:", () => {
  test("metrics, with their gaps between groups", async () => {
    const task = taskDescription({
      metrics: [metric("tokens", { direction: "lower" }), metric("score", { kind: "sum" })],
      groups: true,
    });
    const cases = passing(20, (index) => ({
      group: index % 2 === 0 ? "even" : "odd",
      arms: {
        baseline: armResult([], { metrics: [4, 1] }),
        candidate: armResult([], { metrics: [5, index === 3 ? null : 1] }),
      },
    }));
    const whole = await text(cases, { task });
    const lines = section(whole, "metrics").map((line) => line.replace(/ {2,}/g, "  ").trim());
    expect(lines[0]).toBe(
      "tokens  baseline 4, candidate 5  difference 1 [1, 1]  mean, lower is better",
    );
    expect(lines[1]).toMatch(
      /^gap of its groups {2}baseline 0, candidate 0 {2}candidate 0.* largest group mean minus smallest/,
    );
    expect(lines[2]).toMatch(/^score {2}baseline 19, candidate 19 {2}.*; 1 case without the cand/);
    expect(section(whole, "groups")).toEqual([
      "  even  baseline 10/10  candidate 10/10",
      "  odd   baseline 10/10  candidate 10/10",
    ]);
  });

  test("groups too many to be listed", async () => {
    const task = taskDescription({ groups: true });
    const cases = passing(103, (index) => ({ group: `g${index}` }));
    const lines = section(await text(cases, { task }), "groups");
    expect(lines).toHaveLength(101);
    expect(lines.at(-1)).toBe("  … and 3 cases of groups too many to be told apart");
  });

  test("relations, with their categories, and those that were never checked", async () => {
    const task = taskDescription({
      relations: [relation("permute", { category: "permutation" }), relation("never")],
    });
    expect(section(await text(passing(3), { task }), "relations")).toEqual([
      "  permute  baseline 3/3            candidate 3/3            (permutation)",
      "  never    baseline never checked  candidate never checked",
    ]);
  });

  test("stability, where cases ran more than once", async () => {
    const cases = passing(14, (index) => ({
      arms: {
        baseline: armResult(),
        candidate: armResult(
          [],
          index === 0 ? {} : {
            unstable: index === 1 ? "judgement" : "output",
          },
        ),
      },
    }));
    const whole = await text(cases, { repetitions: 3 });
    const lines = section(whole, "stability, each case 3 times");
    expect(lines[0]).toMatch(
      /^ {2}baseline +0 cases passed in some repetitions only +0 more with changing outputs$/,
    );
    expect(lines[1]).toMatch(
      / 1 case passed in some repetitions only +12 more with changing outputs +cases 1, 2, .*10, …$/,
    );
    expect(await text(cases)).not.toContain("stability");
  });

  test("clusters, the cost with its bounds, and memory only where it tells the arms apart", async () => {
    const task = taskDescription({ clusters: true });
    const cases = passing(12, (index) => ({ cluster: `${index % 3}` }));
    const whole = await text(cases, { task });
    expect(whole).toMatch(
      /\n {2}clusters +3 {2}cases that depend on each other; design effect 4\n/,
    );
    expect(whole).toMatch(/\n {2}fuel +× 1.00 {2}\[1.00, 1.00\], candidate over baseline/);
    expect(whole).not.toContain("  memory");
    const greedy = passing(4, () => ({
      arms: {
        baseline: armResult(),
        candidate: armResult([], { usage: { fuel: 1000, memoryBytes: 8192, wallMs: 1 } }),
      },
    }));
    expect(await text(greedy)).toMatch(/\n {2}memory +× 2.00 {2}\[2.00, 2.00\], candidate over/);
  });

  test("the heading of a run that was stopped, or could not judge all of its cases", async () => {
    const policy = policySchema.parse({ sequential: { method: "always-valid" } });
    const stopped = await text(passing(12), { n: 400, policy, stopped: true });
    expect(stopped).toContain("top-k  400 cases, stopped after 12, seed 42");
    expect(stopped).toContain("95 % (always valid)");
    const invalid: CaseResult = { index: 12, valid: false, error: { kind: "fuel", message: "no" } };
    const both = await text([...passing(12), invalid], { n: 400, policy, stopped: true });
    expect(both).toContain("400 cases, stopped after 13, 12 judged, seed 42");
    expect(await text(passing(1))).toContain("top-k  1 case, seed 42");
  });
});

test("no name that a task or an arm made up can drive the terminal, or make a line of its own", async () => {
  const task = taskDescription({
    name: HOSTILE,
    entry: HOSTILE,
    properties: [property(HOSTILE, { description: HOSTILE })],
    relations: [relation(HOSTILE, { category: HOSTILE, description: HOSTILE })],
    metrics: [metric(HOSTILE, { description: HOSTILE })],
    clusters: true,
    groups: true,
  });
  const failure: Violation = {
    kind: "failure",
    name: "exception",
    message: HOSTILE,
    stack: `    at ${HOSTILE} (x)\n    at y`,
  };
  const violations = [
    broken(HOSTILE, HOSTILE),
    { kind: "relation" as const, name: HOSTILE, message: HOSTILE },
    failure,
  ];
  const cases = [0, 1].map((index): CaseResult => ({
    ...judged(
      index,
      armResult([], { metrics: [1], checked: [HOSTILE] }),
      armResult(violations, { metrics: [null], checked: [HOSTILE], warnings: [broken(HOSTILE)] }),
      [HOSTILE, { [HOSTILE]: HOSTILE }],
    ),
    cluster: HOSTILE,
    group: `${HOSTILE}${index}`,
  }));
  const invalid: CaseResult = {
    index: 2,
    valid: false,
    error: { kind: "exception", message: HOSTILE },
  };
  const shrunk = smallest(broken(HOSTILE, HOSTILE), [HOSTILE]);
  const { detail } = shrunk;
  if (!detail.valid) throw new Error("it is valid");
  const shown = { value: HOSTILE, text: HOSTILE.repeat(500) };
  for (const arm of Object.values(detail.arms)) {
    for (const call of arm.calls) Object.assign(call, { answer: { ok: true, output: shown } });
  }
  const report = await reportOf([...cases, invalid], {
    task,
    repetitions: 2,
    policy: policySchema.parse({ otherMetrics: { margin: 1 }, relations: { method: "holm" } }),
    shrunk: { [HOSTILE]: { ...shrunk, detail: { ...detail, input: shown } } },
  });
  const whole = reportText(report, { colour: false, replay: replayOf("cupel replay r.json") });
  expect(whole).toMatch(SAFE);
  expect(whole).not.toMatch(/^evil/m);
  for (const line of whole.split("\n")) expect(line.length).toBeLessThan(2500);
  expect(reportJson(report)).toMatch(SAFE);
});

import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkTask, type CheckTaskOptions } from "../../src/mutate/check_task.ts";
import type { CheckTaskReport, MutantReport } from "../../src/mutate/report.ts";
import { type Folder, folderWith } from "../sandbox/bundle/folder.ts";

/** A task over `clamp(x, low, high)` with the given properties and relations, as code. */
const clampTask = (properties: string, rest = "") => `
  import { args, defineTask } from "cupel/task";
  import * as fc from "fast-check";
  const input = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -9, max: 0 }),
    fc.integer({ min: 1, max: 9 }));
  export default defineTask({
    name: "clamp", entry: "clamp", inputs: args(input), properties: { ${properties} }, ${rest}
  });`;

const AT_MOST = `"is at most the upper bound": (y: number, x, low, high) => y <= high`;
const AT_LEAST = `"is at least the lower bound": (y: number, x, low, high) => y >= low`;
const INSIDE = `"leaves what is inside alone": (y: number, x, low, high) =>
  x < low || x > high || y === x`;
const OUTSIDE = `"gives a bound outside": (y: number, x, low, high) =>
  x >= low && x <= high || y === low || y === high`;
const IS_NUMBER = `"is a number": (y: number) => typeof y === "number"`;
const NEGATED = `relations: {
  "negating all": {
    transform: ([x, low, high]) => [-x, -high, -low],
    expect: (y, z) => y === -z || (y === 0 && z === 0),
  },
}`;

let folder: Folder;
beforeAll(() => {
  folder = folderWith({
    "weak.ts": clampTask([AT_MOST, IS_NUMBER].join()),
    "strong.ts": clampTask([AT_MOST, AT_LEAST, INSIDE, OUTSIDE].join(), NEGATED),
    "wrong.ts": clampTask(`"is even": (y: number) => y % 2 === 0`),
    "fixed.ts": `
      import { cases, defineTask } from "cupel/task";
      export default defineTask({
        name: "fixed", entry: "clamp", inputs: cases([[5, 0, 1], [-5, 0, 1]]),
        properties: { "is right": (y: number, x: number) => y === (x > 0 ? 1 : 0) },
      });`,
    "clamp.ts": [
      "export function clamp(x: number, low: number, high: number): number {",
      "  if (x < low) return low;",
      "  if (x > high) return high;",
      "  return x;",
      "}",
    ].join("\n"),
    "counting.ts": [
      "const { step } = make(1);",
      "function make(by: number) { return { step: by }; }",
      "export function clamp(x: number, low: number, high: number): number {",
      "  for (let at = low; at < high; at += step) if (at >= x) return at;",
      "  return high;",
      "}",
    ].join("\n"),
    "throws.ts": "export function clamp() { throw new Error('not today'); }",
    "other.ts": "export const other = (x: number) => x + 1;",
    "empty.ts": "export function clamp() {}",
  });
});
afterAll(() => folder[Symbol.dispose]());

function check(task: string, baseline: string, options: Partial<CheckTaskOptions> = {}) {
  const path = (name: string) => join(folder.path, name);
  return checkTask({ task: path(task), baseline: path(baseline), workers: 1, ...options });
}

const show = ({ line, original, replacement }: MutantReport) =>
  `${line}: ${original} → ${replacement}`;

function shownOf(report: CheckTaskReport, status: MutantReport["status"]): string[] {
  return report.mutants.filter((mutant) => mutant.status === status).map(show);
}

describe("a weak task", () => {
  test("lets exactly those faults live that it does not look for, and says where", async () => {
    const report = await check("weak.ts", "clamp.ts");
    expect(shownOf(report, "survived")).toEqual([
      "2: x<low → x>=low",
      "2: x<low → true",
      "2: x<low → false",
      "3: x>high → true",
    ]);
    expect(shownOf(report, "equivalent")).toEqual(["2: x<low → x<=low", "3: x>high → x>=high"]);
    expect(shownOf(report, "killed")).toEqual([
      "1: {if(x<low)return low;if(x>high)return high;return x} → {}",
      "2: return low; → return;",
      "3: x>high → x<=high",
      "3: x>high → false",
      "3: return high; → return;",
      "4: return x → return",
    ]);
    expect(report.counts).toEqual({
      found: 12,
      judged: 12,
      killed: 6,
      survived: 4,
      equivalent: 2,
      stillborn: 0,
    });
    expect(report.score).toBe(0.6);
    expect(report.rawScore).toBe(6 / 12);
  });

  test("is shown the smallest input on which a survivor answers otherwise", async () => {
    const report = await check("weak.ts", "clamp.ts");
    const survivor = report.mutants.find(({ status, replacement }) =>
      status === "survived" && replacement === "false"
    );
    expect(survivor).toMatchObject({ operator: "condition", file: "clamp.ts", line: 2, column: 7 });
    const { input, baseline, mutant } = survivor?.difference ?? {};
    const [x, low] = input?.value as number[];
    expect(x).toBeLessThan(low ?? NaN);
    expect(baseline?.value).toBe(low);
    expect(mutant?.value).toBe(x);
  });

  test("catches all of them when it is made stronger", async () => {
    const report = await check("strong.ts", "clamp.ts");
    expect(shownOf(report, "survived")).toEqual([]);
    expect(report.score).toBe(1);
  });
});

describe("the checks of a task", () => {
  test("are told apart by what they catch", async () => {
    const { checks, counts, mutants } = await check("strong.ts", "clamp.ts");
    expect(checks.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "property is at most the upper bound",
      "property is at least the lower bound",
      "property leaves what is inside alone",
      "property gives a bound outside",
      "relation negating all",
    ]);
    for (const { kind, name, caught, alone } of checks) {
      const by = mutants.filter(({ killed }) =>
        killed?.by.some((violation) => violation.kind === kind && violation.name === name)
      );
      expect(by).toHaveLength(caught);
      expect(by.filter(({ killed }) => killed?.by.length === 1)).toHaveLength(alone);
    }
    expect(checks.reduce((sum, { alone }) => sum + alone, 0)).toBeLessThanOrEqual(counts.killed);
  });

  test("that catch nothing are there with 0", async () => {
    const { checks } = await check("weak.ts", "clamp.ts", { operators: ["relational-operator"] });
    expect(checks).toContainEqual({ kind: "property", name: "is a number", caught: 0, alone: 0 });
  });
});

describe("a mutant", () => {
  test("that runs for ever is killed by a fuel limit made from the baseline's calls", async () => {
    const report = await check("strong.ts", "counting.ts", { operators: ["assignment-operator"] });
    expect(report.run.mutantFuel).toBeLessThan(report.run.limits.fuel / 10);
    const endless = report.mutants.find(({ replacement }) => replacement === "at-=step");
    expect(endless?.killed?.by).toEqual([
      { kind: "failure", name: "fuel", message: expect.stringContaining("fuel") },
    ]);
    expect(report.checks).toContainEqual(
      expect.objectContaining({ kind: "failure", name: "fuel", alone: expect.any(Number) }),
    );
  });

  test("that cannot be loaded is stillborn, and does not count", async () => {
    const operators = ["return-value", "block-removal", "collection-literal"];
    const report = await check("strong.ts", "counting.ts", { operators });
    expect(shownOf(report, "stillborn")).toEqual([
      "2: {return{step:by}} → {}",
      "2: return{step:by} → return",
    ]);
    expect(report.mutants.find(({ status }) => status === "stillborn")?.reason)
      .toMatch(/Cannot load counting\.ts: .*undefined/);
    const { killed, stillborn } = report.counts;
    expect(report.counts).toMatchObject({ judged: killed + stillborn });
    expect(report).toMatchObject({ score: 1, rawScore: 1 });
  });
});

describe("the report", () => {
  test("is the same with one worker and with two, byte for byte", async () => {
    const reports = await Promise.all(
      [1, 2].map((workers) => check("weak.ts", "counting.ts", { workers })),
    );
    expect(JSON.stringify(reports[0])).toBe(JSON.stringify(reports[1]));
  });

  test("depends on the seed, the number of cases and the sample that are asked for", async () => {
    const report = await check("weak.ts", "clamp.ts", { n: 7, seed: 3, most: 4 });
    expect(report.run).toMatchObject({ n: 7, seed: 3, task: "clamp", entry: "clamp" });
    expect(report.counts).toMatchObject({ found: 12, judged: 4 });
    expect(report.mutants).toHaveLength(4);
    const operators = report.operators.map(({ mutants }) => mutants);
    expect(operators.reduce((sum, mutants) => sum + mutants, 0)).toBe(4);
  });

  test("has all fixed cases of a task that generates none", async () => {
    const report = await check("fixed.ts", "clamp.ts");
    expect(report.run.n).toBe(2);
    expect(shownOf(report, "equivalent")).toContain("4: return x → return");
  });

  test("tells how far it is", async () => {
    const progress: [number, number][] = [];
    await check("weak.ts", "clamp.ts", {
      onProgress: (...step) => progress.push(step),
    });
    expect(progress).toEqual(Array.from({ length: 12 }, (_, at) => [at + 1, 12]));
  });
});

describe("what cannot be used is refused", () => {
  test.each<[string, string, string, Partial<CheckTaskOptions>, RegExp]>([
    [
      "a baseline that breaks a property",
      "wrong.ts",
      "clamp.ts",
      {},
      /^Cannot check the task .* must pass every case .* case \d+ it breaks the property "is even"/,
    ],
    [
      "a baseline that fails",
      "weak.ts",
      "throws.ts",
      {},
      /in case 0 it fails \(exception\): .*not today/,
    ],
    [
      "a baseline that lacks the function",
      "weak.ts",
      "other.ts",
      {},
      /must export a function clamp/,
    ],
    [
      "a baseline without code",
      "weak.ts",
      "empty.ts",
      {},
      /must have code that a mutation operator/,
    ],
    [
      "a baseline that no operator applies to",
      "weak.ts",
      "clamp.ts",
      { operators: ["regular-expression"] },
      /clamp\.ts as it must have code that one of regular-expression applies to$/,
    ],
    ["more cases than there are", "fixed.ts", "clamp.ts", { n: 3 }, /3 cases .*"fixed" has 2/],
    ["no cases", "weak.ts", "clamp.ts", { n: 0 }, /option n/],
    ["an unknown operator", "weak.ts", "clamp.ts", { operators: ["typo"] }, /option operators/],
    ["no operator", "weak.ts", "clamp.ts", { operators: [] }, /option operators/],
    ["a file that is not there", "none.ts", "clamp.ts", {}, /none\.ts/],
    ["a task that is none", "clamp.ts", "clamp.ts", {}, /Cannot use the task of clamp\.ts/],
  ])("%s", async (_, task, baseline, options, message) => {
    await expect(check(task, baseline, options)).rejects.toThrow(message);
  });

  test("a run that was cancelled", async () => {
    const stop = new AbortController();
    const run = check("weak.ts", "clamp.ts", {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(run).rejects.toMatchObject({ code: "cancelled" });
    await expect(check("weak.ts", "clamp.ts", { signal: AbortSignal.abort() }))
      .rejects.toMatchObject({ code: "cancelled" });
  });
});

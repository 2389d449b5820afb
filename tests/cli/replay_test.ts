import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { cupel, Folder, runtimes } from "./cupel.ts";

const FILES = [
  "examples/top-k/task.ts",
  "--baseline=examples/top-k/baseline.ts",
  "--candidate=examples/top-k/drops-duplicates.ts",
];

const violation = z.object({
  name: z.string(),
  shrunk: z.object({ index: z.int(), text: z.string(), output: z.string(), message: z.string() }),
});
const reportSchema = z.looseObject({ violations: z.array(violation) });

let folder: Folder;
let report: string;
let found: z.infer<typeof violation>;

beforeAll(async () => {
  folder = new Folder();
  report = join(folder.path, "report.json");
  const { code } = await cupel(["evaluate", ...FILES, "--report", report]);
  expect(code).toBe(1);
  const { violations } = reportSchema.parse(JSON.parse(readFileSync(report, "utf8")));
  const smallest = violations.toSorted((a, b) => a.shrunk.text.length - b.shrunk.text.length)[0];
  if (smallest === undefined) throw new Error("the report shows no violation");
  found = smallest;
});
afterAll(() => folder.dispose());

describe("replay", () => {
  test("shows the same failure from the report alone, with no other file there", async () => {
    const { index, text, output, message } = found.shrunk;
    for (const { command } of runtimes) {
      const { code, stdout, stderr } = await cupel(["replay", report, "--case", `${index}`], {
        command,
        cwd: folder.path,
      });
      expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
      expect(stdout).toMatch(/^case \d+ {2}topK\(/);
      expect(stdout).toContain(`case ${index}, shrunk  ${text}`);
      expect(stdout).toContain(`→ ${output}`);
      expect(stdout).toContain(`property ${found.name}: ${message}`);
      expect(stdout).toContain("baseline  passed");
      expect(stdout).toContain("follow-up of permuting the input: topK(");
    }
  });

  test("exits with 0 for a case that the candidate passes", async () => {
    const passed = await firstPassed();
    const { code, stdout } = await cupel(["replay", report, "--case", `${passed}`]);
    expect(code).toBe(0);
    expect(stdout).toContain("candidate  passed");
  });

  test("works from files and a seed as well, and sees the same case", async () => {
    const { index } = found.shrunk;
    const fromReport = await cupel(["replay", report, "--case", `${index}`, "--json"]);
    const fromFiles = await cupel(["replay", ...FILES, "--case", `${index}`, "--json"]);
    const [inReport] = casesOf(fromReport.stdout);
    const [inFiles] = casesOf(fromFiles.stdout);
    expect(inReport).toMatchObject({ index, path: [], valid: true });
    expect(withoutTimes(inFiles)).toStrictEqual(withoutTimes(inReport));
  });

  test("shows what the arms write to their consoles, and where they fail", async () => {
    const task = folder.write(
      "noisy_task.ts",
      [
        `import { defineTask, fc } from "cupel/task";`,
        `export default defineTask({ name: "noisy", inputs: fc.constant(3),`,
        `  properties: { "is a number": (output: number) => typeof output === "number" } });`,
      ].join("\n"),
    );
    const baseline = folder.write(
      "says.ts",
      "export const solve = (x: number) => { console.log('got', x); return x; };",
    );
    const candidate = folder.write(
      "throws.ts",
      "\nexport function solve() {\n  throw new Error('no\\u001b[2J');\n}\n",
    );
    const args = ["replay", task, "--baseline", baseline, "--candidate", candidate, "--case", "0"];
    const { code, stdout } = await cupel(args);
    expect(code).toBe(1);
    expect(stdout).toContain("guest log: got 3");
    expect(stdout).toContain("exception: Error: no\\x1b[2J");
    expect(stdout).toMatch(/at solve \(.*throws\.ts:3:/);
  });
});

describe("what cannot be replayed is bad input, in one line", () => {
  const json = (change: (report: Record<string, unknown>) => void) => {
    const parsed = JSON.parse(readFileSync(report, "utf8"));
    change(parsed);
    return JSON.stringify(parsed);
  };

  test.each<[string, string[], RegExp]>([
    ["a case that the run has not", ["--case", "400"], /case 400 .* has 400 cases: .* 0 to 399/],
    ["no number", ["--case", "first"], /--case .* whole number .*"first"/],
    ["no case", [], /--case/],
    ["a seed beside a report", ["--case", "1", "--seed", "3"], /--seed with a report/],
  ])("%s", async (_, args, message) => {
    const { code, stdout, stderr } = await cupel(["replay", report, ...args]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  test.each<[string, () => string, RegExp]>([
    [
      "a newer version's report",
      () => json((it) => it.schemaVersion = 3),
      /schemaVersion .* 3; a newer Cupel/,
    ],
    [
      "an older version's report",
      () => json((it) => it.schemaVersion = 1),
      /schemaVersion .* 1; an older Cupel/,
    ],
    [
      "a report that runs each case for ever",
      () => json((it) => it.run = { ...it.run as object, repetitions: 2 ** 40 }),
      /run.repetitions: .*20/,
    ],
    [
      "a report of more violations than any",
      () => json((it) => it.violations = Array(1001).fill({ arm: "baseline", shrunk: null })),
      /violations: .*1000/,
    ],
    [
      "a report of more smaller cases than any",
      () =>
        json((it) => {
          it.violations = Array.from(Array(21), (_, at) => ({
            arm: "candidate",
            shrunk: { index: 1, path: [at] },
          }));
        }),
      /must shrink case 1 to at most 20 other cases: current value is 21/,
    ],
    ["a report of no case", () => json((it) => it.cases = { done: 0 }), /has no case/],
    ["no report", () => "[1, 2]", /must be a report of cupel evaluate/],
    ["no JSON", () => "verdict: adopt", /must be a report in JSON/],
    [
      "half a report",
      () => readFileSync(report, "utf8").slice(0, 2000),
      /must be a report in JSON/,
    ],
    ["a report without sources", () => json((it) => it.sources = null), /sources/],
    [
      "other code than the hash says",
      () =>
        json((it) =>
          it.sources = {
            ...it.sources as object,
            baseline: (it.sources as Record<string, unknown>).candidate,
          }
        ),
      /SHA-256/,
    ],
    [
      "limits out of range",
      () => json((it) => it.run = { ...it.run as object, limits: { fuel: -1 } }),
      /run\.limits\.fuel/,
    ],
  ])("%s", async (name, content, message) => {
    const file = folder.write(`${name.replaceAll(/\W/g, "_")}.json`, content());
    const { code, stdout, stderr } = await cupel(["replay", file, "--case", "1"]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(message);
  });

  test("a file that is not there", async () => {
    const { code, stderr } = await cupel(["replay", "nowhere.json", "--case", "1"]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/the report .*"nowhere\.json" is not there/);
  });
});

/** Index of a case that the candidate passes. */
async function firstPassed(): Promise<number> {
  for (let index = 0; index < 20; index++) {
    const { stdout } = await cupel(["replay", report, "--case", `${index}`, "--json"]);
    const [first] = casesOf(stdout);
    if (first?.arms.candidate.result.passed) return index;
  }
  throw new Error("none of the first cases is passed");
}

const casesSchema = z.object({
  cases: z.array(z.looseObject({
    arms: z.looseObject({
      candidate: z.looseObject({ result: z.looseObject({ passed: z.boolean() }) }),
    }),
  })),
});

function casesOf(stdout: string) {
  return casesSchema.parse(JSON.parse(stdout)).cases;
}

function withoutTimes(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, item) => key === "wallMs" ? 0 : item));
}

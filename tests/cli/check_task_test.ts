import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cupel, Folder, runtimes } from "./cupel.ts";

const TASK = "examples/top-k/task.ts";
const BASELINE = "examples/top-k/baseline.ts";
const CHECK = ["check-task", TASK, "--baseline", BASELINE];

let folder: Folder;
let weak: string;
let double: string;
let hostile: string;
beforeAll(() => {
  folder = new Folder();
  weak = folder.write(
    "weak.ts",
    `import { defineTask } from "cupel/task";
     import * as fc from "fast-check";
     export default defineTask({
       name: "double", inputs: fc.integer({ min: 1, max: 9 }),
       properties: { "is a number": (y: number) => typeof y === "number" },
     });`,
  );
  double = folder.write("double.ts", "export function solve(x: number) {\n  return x * 2;\n}\n");
  hostile = folder.write(
    "hostile.ts",
    'export function solve(x: number) { return x > 0 ? "\\u001b[2Jred\\u202e" : "plain"; }',
  );
});
afterAll(() => folder.dispose());

const score = (text: string) => text.split("\n").find((line) => line.startsWith("score"));

describe("cupel check-task", () => {
  test("prints operators, checks and the score of a strong task", async () => {
    const { code, stdout, stderr } = await cupel(CHECK);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^the k largest elements, .* {2}12 mutants of baseline\.ts, 100 cases/);
    expect(stdout).toMatch(/\n {2}comparator-swap +1 +1 +0 +0 +0\n/);
    expect(stdout).toMatch(/\n {2}property is in descending order +\d+ +\d+\n/);
    expect(stdout).toContain(`\n  ${BASELINE}:3:10  spread-removal  [...values]  →  values\n`);
    expect(score(stdout)).toMatch(/^score 100\.0 % {2}the task catches 11 of 11 faults .*1 equi/);
    expect(stdout).not.toContain("survivors");
  });

  test("shows each survivor as a place, a change and an input that tells", async () => {
    const { code, stdout } = await cupel(["check-task", weak, "--baseline", double]);
    expect(code).toBe(0);
    const lines = stdout.split("\n");
    const at = lines.findIndex((line) => line.endsWith("arithmetic-operator  x*2  →  x+2"));
    expect(lines[at]).toBe(`  ${double}:2:10  arithmetic-operator  x*2  →  x+2`);
    expect(lines[at + 1]).toMatch(/^ {4}case \d+ {2}solve\((1|[3-9])\)$/);
    expect(lines[at + 2]).toMatch(/^ {4}baseline \d+$/);
    expect(lines[at + 3]).toMatch(/^ {4}mutant {3}\d+$/);
    expect(score(stdout)).toMatch(/^score 28\.6 % {2}the task catches 2 of 7 faults/);
  });

  test("exits with 1 where the score is below what is asked for", async () => {
    const check = ["check-task", weak, "--baseline", double, "--least"];
    expect((await cupel([...check, "0.28"])).code).toBe(0);
    expect((await cupel([...check, "29%"])).code).toBe(1);
    // Nothing is known of a judge of which every mutant is equivalent.
    const only = ["--operators", "spread-removal", "--least", "0.1"];
    const { code, stdout } = await cupel([...CHECK, ...only]);
    expect(code).toBe(1);
    expect(score(stdout)).toMatch(/^score unknown {2}the task catches 0 of 0 faults/);
  });

  test("prints the same JSON on every runtime, with any number of workers", async () => {
    const printed = new Set<string>();
    for (const { command } of runtimes) {
      for (const workers of ["1", "2"]) {
        const args = [...CHECK, "--json", "-n", "30", "--workers", workers];
        const { code, stdout } = await cupel(args, { command });
        expect(code).toBe(0);
        printed.add(stdout);
      }
    }
    expect(printed.size).toBe(1);
    const [json = ""] = printed;
    expect(JSON.parse(json)).toMatchObject({
      schemaVersion: 1,
      run: { n: 30, seed: 42, entry: "topK", artifacts: { baseline: { name: "baseline.ts" } } },
      counts: { found: 12, judged: 12, stillborn: 0 },
      score: expect.any(Number),
    });
  });

  test("keeps what would act on a terminal out of its output", async () => {
    const task = folder.write(
      "texts.ts",
      `import { defineTask } from "cupel/task";
       import * as fc from "fast-check";
       export default defineTask({
         name: "te\\u001bxts\\n", inputs: fc.integer({ min: -3, max: 3 }),
         properties: { "is\\u001b[31m a text": (y: string) => typeof y === "string" },
       });`,
    );
    for (const rest of [[], ["--json"]]) {
      const { code, stdout } = await cupel(["check-task", task, "--baseline", hostile, ...rest]);
      expect(code).toBe(0);
      expect(stdout).toContain("[2Jred");
      const acting = [...stdout].filter((one) => one !== "\n" && /[\p{Cc}\p{Cf}]/u.test(one));
      expect(acting).toEqual([]);
    }
  });
});

describe("what cannot be understood is one line on standard error and exit code 3", () => {
  test.each<[string, string[], RegExp]>([
    ["no task", ["check-task"], /argument 'task'|--baseline/],
    ["no baseline", ["check-task", TASK], /'--baseline <file>'/],
    ["a missing task", ["check-task", "none.ts", "--baseline", BASELINE], /the task .*"none.ts"/],
    ["a missing baseline", ["check-task", TASK, "--baseline", "no.ts"], /--baseline .*"no.ts"/],
    ["no cases", [...CHECK, "-n", "0"], /-n as it must be a whole number from 1 /],
    ["no mutants", [...CHECK, "--most", "0"], /--most as it must be a whole number from 1 /],
    ["a share above 1", [...CHECK, "--least", "1.5"], /--least as it must be a share from 0 to 1/],
    [
      "an unknown operator",
      [...CHECK, "--operators", "condition,aritmetic"],
      /--operators as it must be some of arithmetic-operator, .*: current value is "aritmetic"/,
    ],
    [
      "a baseline that no operator applies to",
      [...CHECK, "--operators", "regular-expression"],
      /baseline\.ts as it must have code that one of regular-expression applies to/,
    ],
    [
      "a baseline that does not pass its own task",
      ["check-task", TASK, "--baseline", "examples/top-k/off-by-one.ts"],
      /must pass every case itself: in case \d+ it breaks the property "has min\(k, length\)/,
    ],
    [
      "a baseline that lacks the function",
      ["check-task", TASK, "--baseline", "examples/top-k/task.ts"],
      /task\.ts as the baseline .* must export a function topK/,
    ],
  ])("%s", async (_name, args, message) => {
    const { code, stdout, stderr } = await cupel(args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
  });
});

import { afterAll, describe, expect, test } from "vitest";
import { RELATION_KINDS } from "../../src/task/relations/catalogue.ts";
import { cupel, Folder, runtimes } from "./cupel.ts";

const folder = new Folder();
afterAll(() => folder.dispose());

const TOP_K = [
  ...["relations", "suggest", "examples/top-k/task.ts"],
  ...["--baseline", "examples/top-k/baseline.ts"],
];

const TASK = `
  import { defineTask } from "cupel/task";
  import * as fc from "fast-check";
  export default defineTask({
    name: "a sum",
    inputs: fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 9 }),
    properties: { "is a number": (output: number) => typeof output === "number" },
    relations: { "is not looked at": { transform: () => { throw new Error("it was"); } } },
  });
`;

const SUM = `
  export function solve(values: number[]) {
    return values.reduce((sum, value) => sum + value, 0);
  }
`;

/** Fails for lists of more than nine elements, and sums wrongly from 1000 on. */
const FAULTY_SUM = `
  export function solve(values: number[]) {
    if (values.length > 9) throw new RangeError("too long");
    const sum = values.reduce((sum, value) => sum + value, 0);
    return sum > 1000 ? sum + 1 : sum;
  }
`;

interface Trial {
  code: string;
  applied: number;
  failed: number;
  firstFailure: { message: string } | null;
}

interface Suggestions {
  n: number;
  answered: number;
  suggested: Trial[];
  implied: Trial[];
  failed: Trial[];
}

async function suggest(baseline: string, ...options: string[]): Promise<Suggestions> {
  const task = folder.write("task.ts", TASK);
  const file = folder.write("baseline.ts", baseline);
  const args = ["relations", "suggest", task, "--baseline", file, "--json", ...options];
  const { code, stdout, stderr } = await cupel(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

const codes = (trials: readonly Trial[]) => trials.map(({ code }) => code);

test("the library is listed with what it says, when to use it, and when not", async () => {
  const { code, stdout } = await cupel(["relations"]);
  expect(code).toBe(0);
  for (const { name, signature, says, use, avoid, example } of RELATION_KINDS) {
    for (const text of [name, signature, says, use, avoid, example]) expect(stdout).toContain(text);
  }
  expect(JSON.parse((await cupel(["relations", "--json"])).stdout)).toEqual(RELATION_KINDS);
});

describe("suggest", () => {
  test("proposes what holds for the baseline, as lines to paste", async () => {
    const { code, stdout, stderr } = await cupel(TOP_K);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [suggested = "", failed = ""] = stdout.split("\nFailed");
    expect(suggested).toContain('scaling, shifting } from "cupel/task/relations";');
    expect(suggested).toContain(
      '"permuting argument 1: the output stays the same": permutation(),',
    );
    expect(suggested).toContain('alike": scaling({ output: "scaled" }),');
    expect(failed).toMatch(/^ {2}duplication\(\) {2}failed in \d+ of \d+\n {4}case \d+: /m);
  });

  test("gives the same on every runtime and with any number of workers", async () => {
    const runs = runtimes.flatMap(({ command }) =>
      ["1", "2"].map((workers) => cupel([...TOP_K, "--json", "--workers", workers], { command }))
    );
    const [first, ...others] = await Promise.all(runs);
    expect(first?.code).toBe(0);
    for (const other of others) expect(other).toEqual(first);
  });

  test("the lines that it prints are a task's relations, and hold", async () => {
    const { stdout } = await cupel(TOP_K);
    const line = /^import .* from "cupel\/task\/relations";$/m.exec(stdout)?.[0];
    const relations = /^relations: \{$.*?^\}$/ms.exec(stdout)?.[0];
    const file = folder.write(
      "pasted.ts",
      `${line}
       import { args, defineTask } from "cupel/task";
       import * as fc from "fast-check";
       export default defineTask({
         name: "pasted",
         entry: "topK",
         inputs: args(fc.tuple(fc.array(fc.nat()), fc.nat({ max: 9 }))),
         properties: { "is a list": (output: number[]) => Array.isArray(output) },
         ${relations}
       });`,
    );
    const baseline = "examples/top-k/baseline.ts";
    const args = ["evaluate", file, "--baseline", baseline, "--candidate", baseline, "--json"];
    const { code, stdout: json } = await cupel(args);
    expect(code).toBe(0);
    expect(JSON.parse(json).relations.length).toBeGreaterThan(3);
  });

  test("looks at the library's relations, and not at the task's own", async () => {
    const { suggested, failed, implied } = await suggest(SUM);
    expect(codes(suggested)).toEqual(expect.arrayContaining([
      "permutation()",
      'duplication({ of: "whole", output: "doubled" })',
      'scaling({ output: "scaled" })',
      'scaling({ factor: -1, output: "scaled" })',
      "monotonicity()",
    ]));
    expect(codes(failed)).toContain("duplication()");
    expect(codes([...suggested, ...failed, ...implied])).not.toContain("is not looked at");
  });

  test("counts what fails, with the first case in which it does", async () => {
    const { failed, suggested } = await suggest(FAULTY_SUM, "-n", "200");
    const whole = failed.find(({ code }) => code.startsWith('duplication({ of: "whole", output'));
    expect(whole?.firstFailure?.message).toMatch(
      /the follow-up's call failed \(exception\).*too long/,
    );
    expect(whole?.failed).toBeLessThan(whole?.applied ?? 0);
    const scaled = failed.find(({ code }) => code === 'scaling({ output: "scaled" })');
    expect(scaled?.firstFailure?.message).toMatch(/^outputs differ/);
    expect(codes(suggested)).toContain("permutation()");
    const shares = failed.map((trial) => trial.failed / trial.applied);
    expect(shares).toEqual(shares.toSorted((one, other) => one - other));
  });

  test("leaves out what says no more than another one", async () => {
    const { suggested, implied } = await suggest("export const solve = () => 'no number';");
    expect(codes(suggested)).toContain("scaling()");
    expect(codes(suggested)).not.toContain('scaling({ output: "scaled" })');
    expect(codes(implied)).toContain('scaling({ output: "scaled" })');
  });

  test("a baseline that always fails gets no suggestion", async () => {
    const { suggested, failed, answered } = await suggest(
      "export function solve() { throw new Error('no'); }",
      ...["-n", "20"],
    );
    expect({ suggested, failed, answered }).toEqual({ suggested: [], failed: [], answered: 0 });
  });

  test("-n and --seed choose the cases", async () => {
    const [one, other] = [
      await suggest(SUM, "-n", "30"),
      await suggest(SUM, "-n", "30", "--seed=1"),
    ];
    expect(one.n).toBe(30);
    expect(one).not.toEqual({ ...other, seed: 42 });
  });
});

test.each([
  [["relations", "suggets"], /cannot use the action as it must be "suggest".*"suggets"/],
  [["relations", "suggest"], /cannot use the task as it must be.*: none is given/],
  [
    ["relations", "suggest", "examples/top-k/task.ts"],
    /cannot use --baseline as it must be.*: none is given/,
  ],
  [["relations", "--baseline", "x.ts"], /cannot use --baseline as it must follow "suggest"/],
  [["relations", "-n", "5"], /cannot use -n as it must follow "suggest"/],
  [[...TOP_K, "-n", "0"], /cannot use -n as it must be a whole number from 1 to 10000/],
  [[...TOP_K, "more"], /too many arguments/],
  [["relations", "suggest", "none.ts", "--baseline", "x.ts"], /"none.ts" is not there/],
])("%j is refused", async (args, message) => {
  const { code, stdout, stderr } = await cupel(args);
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(stderr).toMatch(message);
});

test("a task of fixed cases has no more than it has", async () => {
  const task = folder.write(
    "fixed.ts",
    `import { cases, defineTask } from "cupel/task";
     export default defineTask({
       name: "two",
       inputs: cases([[[1, 2]], [[4, 3]]]),
       properties: { "is a number": (output: number) => typeof output === "number" },
     });`,
  );
  const args = ["relations", "suggest", task, "--baseline", folder.write("sum.ts", SUM)];
  const { stdout } = await cupel([...args, "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ n: 2, answered: 2, leastApplied: 2 });
  const { code, stderr } = await cupel([...args, "-n", "3"]);
  expect(code).toBe(3);
  expect(stderr).toMatch(/cannot try 3 cases as the task "two" has 2 fixed ones/);
});

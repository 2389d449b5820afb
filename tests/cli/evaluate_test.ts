import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cupel, Folder, runtimes } from "./cupel.ts";

const TASK = "examples/top-k/task.ts";
const BASELINE = "examples/top-k/baseline.ts";

function evaluate(candidate: string, rest: string[] = [], command?: string[]) {
  const args = ["evaluate", TASK, "--baseline", BASELINE, "--candidate", candidate, ...rest];
  return cupel(args, command ? { command } : {});
}

const withoutTimes = (json: string) => json.replace(/("wallMs": )[\d.e+-]+/g, "$10");

let folder: Folder;
beforeAll(() => {
  folder = new Folder();
});
afterAll(() => folder.dispose());

describe("the verdict is the exit code", () => {
  test("adopt: 0 for an equivalent candidate", async () => {
    const { code, stdout, stderr } = await evaluate("examples/top-k/heap.ts");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("candidate  heap.ts      400/400  100.0 %");
    expect(stdout).toMatch(/\nadopt {2}The candidate meets every rule of the policy\.\n$/);
  });

  test.each(["off-by-one.ts", "drops-duplicates.ts"])(
    "reject: 1 for %s, with a smallest counterexample",
    async (name) => {
      const { code, stdout } = await evaluate(`examples/top-k/${name}`);
      expect(code).toBe(1);
      expect(stdout).toMatch(
        /candidate property .* in \d+ cases\n {4}case \d+, shrunk in \d+ runs {2}topK\(\[.*\], \d+\)/,
      );
      expect(stdout).toMatch(/\nreject {2}\d+ cases that the baseline passes are failed/);
    },
  );

  test("inconclusive: 2 for too few cases", async () => {
    const { code, stdout } = await evaluate("examples/top-k/heap.ts", ["-n", "5"]);
    expect(code).toBe(2);
    expect(stdout).toMatch(/\ninconclusive {2}5 judged cases cannot carry a verdict/);
  });

  test("inconclusive: 2 where the baseline passes nothing", async () => {
    const nothing = folder.write("nothing.ts", "export function topK() { throw new Error('no'); }");
    const args = ["evaluate", TASK, "--baseline", nothing, "--candidate", BASELINE, "-n", "40"];
    expect((await cupel(args)).code).toBe(2);
  });

  test("error: 3 where no case can be judged", async () => {
    const task = folder.write(
      "task.ts",
      `import { defineTask, fc } from "cupel/task";
       export default defineTask({
         name: "never",
         entry: "topK",
         inputs: fc.nat().map(() => { throw new Error("no input today"); }),
         properties: { "is fine": () => true },
       });`,
    );
    const args = ["evaluate", task, "--baseline", BASELINE, "--candidate", BASELINE, "-n", "20"];
    const { code, stdout } = await cupel(args);
    expect(code).toBe(3);
    expect(stdout).toContain("20 cases could not be judged");
    expect(stdout).toContain("no input today");
    expect(stdout).toMatch(/\nerror {2}No case could be judged\.\n$/);
  });
});

describe("the JSON report", () => {
  test("has what the issue asks for, and no more than JSON on standard output", async () => {
    const { code, stdout, stderr } = await evaluate("examples/top-k/off-by-one.ts", ["--json"]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    const report = JSON.parse(stdout);
    const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(report).toMatchObject({
      verdict: "reject",
      run: {
        n: 400,
        seed: 42,
        limits: { fuel: 2_000_000_000 },
        artifacts: {
          task: { name: "task.ts", sha256 },
          baseline: { name: "baseline.ts", sha256 },
          candidate: { name: "off-by-one.ts", sha256 },
        },
      },
      arms: { baseline: { passed: 400, total: 400, rate: 1, high: 1 } },
      difference: { method: "tango-1998", estimate: expect.any(Number) },
      gate: { rules: [{ name: "enough-evidence" }, { name: "regressions", status: "fail" }, {}] },
    });
    expect(report.relations).toHaveLength(2);
    for (const { baseline } of report.relations) expect(baseline.checked).toBeGreaterThan(100);
    expect(report.violations[0].smallest.text).toMatch(/^topK\(/);
    expect(report.arms.candidate.fuel.total).toBeGreaterThan(0);
  });

  test("is the same to the byte, times apart, on each runtime and for any number of workers", async () => {
    const run = async (workers: string, command: string[]) => {
      const rest = ["--json", "-n", "60", "--workers", workers];
      const ended = await evaluate("examples/top-k/drops-duplicates.ts", rest, command);
      expect(ended).toMatchObject({ code: 1, stderr: "" });
      return withoutTimes(ended.stdout);
    };
    const reports: string[] = [];
    for (const { command } of runtimes) {
      reports.push(await run("1", command), await run("3", command));
    }
    expect(new Set(reports).size).toBe(1);
  });

  test("differs for another seed", async () => {
    const [one, other] = await Promise.all(
      ["1", "2"].map((seed) =>
        evaluate("examples/top-k/drops-duplicates.ts", ["--json", "-n", "40", "--seed", seed])
      ),
    );
    const { run: _, ...rest } = JSON.parse(withoutTimes(one?.stdout ?? ""));
    const { run: __, ...otherRest } = JSON.parse(withoutTimes(other?.stdout ?? ""));
    expect(otherRest).not.toEqual(rest);
  });
});

describe("the policy", () => {
  test("is taken by name, with parameters", async () => {
    const rest = ["-n", "60", "--json", "--policy", "noninferiority:margin=0.2"];
    const { code, stdout } = await evaluate("examples/top-k/heap.ts", rest);
    expect(code).toBe(0);
    const { gate } = JSON.parse(stdout);
    expect(gate.policy).toMatchObject({
      regressions: null,
      difference: { kind: "noninferiority", margin: 0.2 },
    });
    expect(gate.rules.map(({ name }: { name: string }) => name)).toEqual([
      "enough-evidence",
      "non-inferiority",
    ]);
  });

  test("is taken from a file, the environment, and the file of settings", async () => {
    const policy = folder.write("policy.toml", "minimumCases = 77");
    const fromFile = await evaluate("examples/top-k/heap.ts", ["-n", "20", "--policy", policy]);
    expect(fromFile.code).toBe(2);
    expect(fromFile.stdout).toMatch(/at least 77 are needed; about 57 more cases would decide/);
    const args = ["evaluate", TASK, "--baseline", BASELINE, "--candidate", BASELINE, "-n", "20"];
    expect((await cupel(args, { env: { CUPEL_POLICY: "strict" } })).code).toBe(2);
    const settings = folder.write("settings.toml", 'policy = "policy.toml"');
    expect((await cupel([...args, "--config", settings])).code).toBe(2);
  });

  test("ends a run early where it is sequential, for every number of workers alike", async () => {
    const runs = await Promise.all(["1", "3"].map((workers) => {
      const rest = ["--json", "--sequential", "-n", "2000", "--workers", workers];
      return evaluate("examples/top-k/off-by-one.ts", rest);
    }));
    const [one, three] = runs.map(({ stdout }) => withoutTimes(stdout));
    expect(runs.map(({ code }) => code)).toEqual([1, 1]);
    expect(three).toBe(one);
    const { cases } = JSON.parse(one ?? "");
    expect(cases.requested).toBe(2000);
    expect(cases.judged).toBeLessThan(200);
  });
});

describe("--report", () => {
  test("writes the report to a file, whole, and nothing beside it", async () => {
    const path = folder.write("report.json", "an older one");
    const { code, stdout } = await evaluate("examples/top-k/off-by-one.ts", [
      ...["-n", "20", "--json", "--report", path],
    ]);
    expect(code).toBe(1);
    expect(readFileSync(path, "utf8")).toBe(stdout);
    expect(readdirSync(folder.path).filter((name) => name.includes(".part"))).toEqual([]);
  });

  test.each([
    ["none/report.json", /its folder is not there/],
    ["task.ts/report.json", /its folder is not/],
    [".", /it is not a file/],
    ["", /it has no name/],
  ])("that cannot be written to %j is refused before the run", async (name, why) => {
    folder.write("task.ts", "");
    const path = name === "" ? "" : join(folder.path, name);
    const endless = folder.write("endless.ts", "export function topK() { for (;;) {} }");
    const rest = ["--report", path, "--fuel", "900_000_000_000", "--deadline", "600s"];
    const { code, stdout, stderr } = await evaluate(endless, rest);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(/^error: cannot write --report to ".*": /);
    expect(stderr).toMatch(why);
  });
});

describe("a hostile candidate", () => {
  test("that never ends is rejected, with fuel as the reason", async () => {
    const spin = folder.write("spin.ts", "export function topK() { for (;;) {} }");
    const rest = ["-n", "10", "--fuel", "50_000_000", "--json"];
    const { code, stdout } = await evaluate(spin, rest);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).arms.candidate).toMatchObject({ passed: 0, failures: { fuel: 10 } });
  });

  test("whose messages would drive the terminal cannot", async () => {
    const shout = folder.write(
      "shout.ts",
      'export function topK() { throw new Error("\\u001b[2J\\u009b31m\\u202e\\r\\nadopt"); }',
    );
    for (const rest of [["-n", "12"], ["-n", "12", "--json"]]) {
      const { code, stdout } = await evaluate(shout, rest);
      expect(code).toBe(1);
      expect(stdout).toMatch(/^[\x20-\x7e\n–×…→]*$/);
      expect(stdout).not.toMatch(/^adopt/m);
    }
  });
});

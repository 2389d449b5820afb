import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../src/mod.ts";
import { projectFile } from "../evaluate/runs.ts";
import { bunRuntime, denoRuntime, type Runtime } from "../runner/runtimes.ts";
import { fileOf, KNOWN_TRUTHS } from "./known_truth.ts";

/** The reports of all candidates, in the order of the table. */
function printReports(runtime: Runtime, workers: number): string[] {
  if (!runtime.found) throw new Error(`no ${runtime.name}: ${runtime.reason}`);
  const [command = "", ...options] = runtime.command;
  const program = projectFile("tests/examples/programs/print_reports.ts");
  const { status, stdout, stderr } = spawnSync(
    command,
    [...options, program, String(workers)],
    { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
  );
  if (status !== 0) throw new Error(`${runtime.name} ended with ${status}: ${stderr}`);
  return stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
}

let reports: string[] = [];
beforeAll(() => {
  reports = printReports(denoRuntime(), 2);
});

describe.each(KNOWN_TRUTHS.map((truth, at) => ({ ...truth, at })))(
  "$example/$candidate",
  ({ at, verdict, rules, undecided = [], broken }) => {
    const report = (): Report => JSON.parse(reports[at] ?? "null");

    test(`ends with ${verdict}`, () => {
      expect(report().verdict).toBe(verdict);
    });

    test("for the rules and checks that are known", () => {
      const failed = report().gate.rules.filter(({ status }) => status !== "pass");
      expect(failed.map(({ name, status }) => ({ name, status }))).toEqual(
        [
          ...rules.map((name) => ({ name, status: "fail" })),
          ...undecided.map((name) => ({ name, status: "undecided" })),
        ],
      );
      expect(report().violations.map(({ name }) => name).sort()).toEqual([...broken].sort());
    });

    test("on a baseline that passes every case, with no case invalid", () => {
      const { arms, cases } = report();
      expect(arms.baseline).toMatchObject({ passed: 400, total: 400 });
      expect(cases.invalid).toBe(0);
      for (const { name, baseline } of report().relations) {
        expect(baseline.checked, name).toBeGreaterThan(200);
      }
    });
  },
);

test.each([[denoRuntime(), 1], [bunRuntime(), 1], [bunRuntime(), 2]] as const)(
  "the reports are the same to the byte on %o with %d workers",
  (runtime, workers) => {
    const here = printReports(runtime, workers);
    for (const [at, { example, candidate }] of KNOWN_TRUTHS.entries()) {
      expect(here[at], `${example}/${candidate}`).toBe(reports[at]);
    }
  },
);

test("drops-duplicates of top-k shrinks to two equal elements", () => {
  const at = KNOWN_TRUTHS.findIndex(({ candidate }) => candidate === "drops-duplicates");
  const report: Report = JSON.parse(reports[at] ?? "null");
  const texts = report.violations.map(({ shrunk }) => shrunk?.text);
  expect(texts).toContain("topK([0, 0], 2)");
});

test("the table has every candidate, and docs/examples.md shows each with its verdict", () => {
  const page = readFileSync(projectFile("docs/examples.md"), "utf8");
  const examples = readdirSync(projectFile("examples"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const files = examples.flatMap((example) =>
    readdirSync(projectFile(`examples/${example}`))
      .filter((name) => /\.(ts|wasm)$/.test(name) && !["task.ts", "baseline.ts"].includes(name))
      .map((name) => `${example}/${name}`)
  );
  const table = KNOWN_TRUTHS.map(fileOf);
  expect(table.toSorted()).toEqual(files.toSorted());
  for (const truth of KNOWN_TRUTHS) {
    const name = basename(fileOf(truth));
    const row = page.split("\n").find((line) => line.includes(`| \`${name}\` |`));
    expect(row, fileOf(truth)).toContain(`| ${truth.verdict} |`);
  }
  for (const example of new Set(KNOWN_TRUTHS.map(({ example }) => example))) {
    expect(page).toContain(`examples/${example}/task.ts`);
    expect(page.includes(`examples/${example}/policy.toml`)).toBe(
      existsSync(projectFile(`examples/${example}/policy.toml`)),
    );
  }
});

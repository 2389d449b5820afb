import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { projectFile } from "../evaluate/runs.ts";
import { bunRuntime, denoRuntime, nodeRuntime } from "../runner/runtimes.ts";

function printReport(runtime: ReturnType<typeof bunRuntime>): string {
  if (!runtime.found) throw new Error(`no ${runtime.name}: ${runtime.reason}`);
  const [command = "", ...options] = runtime.command;
  const program = projectFile("tests/report/programs/print_report.ts");
  const { status, stdout, stderr } = spawnSync(command, [...options, program], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${runtime.name} ended with ${status}: ${stderr}`);
  return stdout;
}

describe("the report of a run", () => {
  test("is the same to the byte on Deno, Bun and Node, times apart", () => {
    const onDeno = printReport(denoRuntime());
    const { metrics, violations, groups } = JSON.parse(onDeno);
    expect(metrics).toHaveLength(2);
    expect(groups).toHaveLength(2);
    const shrunk = violations.flatMap((violation: { shrunk: object | null }) =>
      violation.shrunk ?? []
    );
    expect(shrunk.length).toBeGreaterThan(0);
    expect(JSON.stringify(shrunk)).toContain("sort_but_tens.ts:3:");
    expect(printReport(bunRuntime())).toBe(onDeno);
    expect(printReport(nodeRuntime())).toBe(onDeno);
  });
});

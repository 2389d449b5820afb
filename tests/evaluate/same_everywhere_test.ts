import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { bunRuntime, denoRuntime, nodeRuntime } from "../runner/runtimes.ts";
import { projectFile } from "./runs.ts";

function printResults(runtime: ReturnType<typeof bunRuntime>): string {
  if (!runtime.found) throw new Error(`no ${runtime.name}: ${runtime.reason}`);
  const [command = "", ...options] = runtime.command;
  const program = projectFile("tests/evaluate/programs/print_results.ts");
  const { status, stdout, stderr } = spawnSync(command, [...options, program], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${runtime.name} ended with ${status}: ${stderr}`);
  return stdout;
}

describe("the results of a run", () => {
  test("are the same to the last bit on Deno, Bun and Node", () => {
    const onDeno = printResults(denoRuntime());
    expect(JSON.parse(onDeno)).toHaveLength(40);
    expect(printResults(bunRuntime())).toBe(onDeno);
    expect(printResults(nodeRuntime())).toBe(onDeno);
  });
});

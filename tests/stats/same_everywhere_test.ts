import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { typeScriptFlags } from "../../src/runtime/node.ts";
import { ROOT } from "../house/sources.ts";
import { bunRuntime, denoRuntime, nodeRuntime, type Runtime } from "../runner/runtimes.ts";

const PROGRAM = join(ROOT, "tests", "stats", "programs", "print_statistics.ts");

function printed(runtime: Runtime, flags: string[] = []): string {
  if (!runtime.found) throw new Error(`no ${runtime.name}: ${runtime.reason}`);
  const [command = "", ...options] = runtime.command;
  const { status, stdout, stderr } = spawnSync(command, [...options, ...flags, PROGRAM], {
    encoding: "utf8",
    cwd: ROOT,
    maxBuffer: 16 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${runtime.name} ended with ${status}: ${stderr}`);
  return stdout;
}

describe("every statistic", () => {
  test("is the same to the last digit on Deno, Bun and Node", () => {
    const onDeno = printed(denoRuntime());
    expect(JSON.parse(onDeno).length).toBeGreaterThan(900);
    expect(onDeno).not.toContain("NaN");
    expect(printed(bunRuntime())).toBe(onDeno);
    const node = nodeRuntime();
    expect(printed(node, node.found ? typeScriptFlags(node.version) : [])).toBe(onDeno);
  });
});

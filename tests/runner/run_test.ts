import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { ROOT } from "../house/sources.ts";

/** Runs the test command itself on chosen files, and gives its exit code and its last line. */
function runTests(...args: string[]): { status: number | null; lastLine: string | undefined } {
  const { status, stdout } = spawnSync(
    process.execPath,
    ["run", "-A", join(ROOT, "tests", "run.ts"), ...args],
    { encoding: "utf8", timeout: 300_000, env: { ...process.env, NO_COLOR: "1" } },
  );
  return { status, lastLine: stdout.trimEnd().split("\n").at(-1) };
}

describe("the test command", () => {
  test("ends with the count, and with code 0 where all passed", () => {
    expect(runTests("tests/runner/tally")).toEqual({ status: 0, lastLine: "7 passed, 0 failed" });
  });

  test("gives what follows -- to vitest", () => {
    const chosen = runTests("tests/runner/tally", "--", "-t", "sums over runtimes");
    expect(chosen).toEqual({ status: 0, lastLine: "1 passed, 0 failed" });
  });

  test("fails where no test ran", () => {
    const nothing = { status: 1, lastLine: "0 passed, 0 failed" };
    expect(runTests("tests/no-such-folder")).toEqual(nothing);
    expect(runTests("tests/runner/tally", "--", "-t", "no such test")).toEqual(nothing);
  });

  test("fails where vitest does not even start", () => {
    const broken = runTests("tests/runner/tally", "--", "--no-such-option-of-vitest");
    expect(broken).toEqual({ status: 1, lastLine: "0 passed, 1 failed" });
  });
});
